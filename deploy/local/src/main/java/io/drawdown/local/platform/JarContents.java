package io.drawdown.local.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a jar holds, told from its table of contents. */
final class JarContents {

    private JarContents() {}

    /**
     * Equal for two jars that hold the same: a SHA-256, in hexadecimal, of each entry's name, size, checksum and time.
     * The jars in a service's jar are entries of it, so their checksums stand for what they hold.
     */
    static String digest(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var sha = sha256();
            zip.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> sha.update(line(entry).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    private static String line(ZipEntry entry) {
        return entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + " " + entry.getTimeLocal() + "\n";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has it.
        }
    }
}
