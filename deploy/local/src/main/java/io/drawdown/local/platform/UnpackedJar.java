package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpacks a service's jar into plain jars, unless that has been done since it was built.
 *
 * <p>A service starts in half the processor time that way, and a build does not take the jar from under one that runs.
 *
 * @param jar the jar as built, and as it is deployed
 * @param folder where the unpacked program goes; it appears whole or not at all
 */
record UnpackedJar(Path jar, Path folder) implements Step {

    /** The program, to be started with {@code java -jar}. */
    Path program() {
        return folder.resolve(jar.getFileName());
    }

    @Override
    public void run() throws IOException, InterruptedException {
        new JarPresent(jar).run();
        var built = String.valueOf(Files.getAttribute(jar, "unix:ctime"));
        var note = Files.exists(note()) ? Files.readString(note()) : "";
        if (!note.startsWith(built + "\n")) {
            Folders.delete(folder);
            unpack(built + "\n" + JarContents.digest(jar));
        }
    }

    /** What the unpacked program is made of, see {@link JarContents}; once {@link #run} has unpacked it. */
    String contents() throws IOException {
        return Files.readString(note()).lines().toList().getLast();
    }

    private Path note() {
        return folder.resolve("unpacked-from");
    }

    private void unpack(String note) throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        var work = Files.createTempDirectory(folder.getParent(), "unpacking");
        var fresh = work.resolve("program");
        extract(fresh);
        Files.writeString(fresh.resolve(note().getFileName()), note);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(work);
    }

    private void extract(Path target) throws IOException, InterruptedException {
        var tools = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Djarmode=tools", "-jar", jar.toString());
        var command = new ArrayList<>(Jvm.command(tools));
        command.addAll(List.of("extract", "--destination", target.toString()));
        var extract = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(extract.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (extract.waitFor() != 0) {
            throw new PlatformException(jar + " could not be unpacked. Is it whole? Build it again with ./mvnw package"
                    + " -DskipTests. It said:\n" + output);
        }
    }
}
