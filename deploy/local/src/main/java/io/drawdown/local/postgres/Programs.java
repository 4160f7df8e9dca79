package io.drawdown.local.postgres;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs for one kind of machine.
 *
 * @param archive the resource that holds them
 * @param folder where they are unpacked; it appears whole or not at all
 */
record Programs(String archive, Path folder) {

    private static final String VERSION = "18.6";

    private static final int EXECUTABLE = 0100;

    /**
     * The programs for the machine we run on.
     *
     * @throws PlatformException when there are none for it
     */
    static Programs ofThisMachine(Path software) {
        var machine = machine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        return new Programs("postgres-" + machine + ".txz", software.resolve("postgresql-" + VERSION + "-" + machine));
    }

    static String machine(String system, String architecture) {
        var arm = architecture.equals("aarch64") || architecture.equals("arm64");
        var intel = architecture.equals("amd64") || architecture.equals("x86_64");
        if (system.toLowerCase(Locale.ROOT).startsWith("linux") && (arm || intel)) {
            return arm ? "linux-arm_64" : "linux-x86_64";
        }
        if (system.toLowerCase(Locale.ROOT).startsWith("mac") && arm) {
            return "darwin-arm_64";
        }
        throw new PlatformException("The embedded PostgreSQL runs on Linux (x86-64, ARM64) and macOS (ARM64), not on "
                + system + " " + architecture + ". Use such a machine, or run the services against your own servers.");
    }

    /** Unpacks the programs unless they are there. */
    void unpack() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.getParent());
        var fresh = Files.createTempDirectory(folder.getParent(), "unpacking");
        try (var tar = new TarArchiveInputStream(new XZInputStream(open()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, fresh);
            }
        }
        putInPlace(fresh);
    }

    private InputStream open() {
        var stream = Programs.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new PlatformException(
                    archive + " is not on the class path. Build deploy/local again with ./mvnw package.");
        }
        return stream;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive points outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & EXECUTABLE) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private void putInPlace(Path fresh) throws IOException {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException another) {
            return; // Another platform of this user was faster; what it unpacked is the same.
        }
    }
}
