package io.drawdown.support.test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * The registry's program files, unpacked from its archive once and then shared by every test run of the checkout.
 *
 * <p>Several modules may test at the same time: a file lock lets one of them unpack, and the folder gets its name only
 * when it is complete, so that a run that was cut off leaves no half of it behind.
 */
record RegistryInstallation(Path archive, Path home) {

    private static final String ARCHIVE = "drawdown.test.registry.archive";
    private static final String HOME = "drawdown.test.registry.home";

    static RegistryInstallation fromSystemProperties() {
        return new RegistryInstallation(path(ARCHIVE), path(HOME));
    }

    private static Path path(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("The system property " + property + " is not set, so the"
                        + " schema registry cannot be found. The build sets it for tests named *IT; run them through"
                        + " Maven's verify, or set it in the launch configuration."));
    }

    /** The folder with {@code quarkus-run.jar}; unpacks it first when it is not there. */
    Path unpacked() {
        try {
            if (!Files.exists(home)) {
                Files.createDirectories(home.toAbsolutePath().getParent());
                unpackOnceInThisJvm();
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + archive + " into " + home, e);
        }
    }

    /** A file lock holds off other processes, but throws when two threads of one JVM want it. */
    private void unpackOnceInThisJvm() throws IOException {
        synchronized (RegistryInstallation.class) {
            unpackOnce();
        }
    }

    private void unpackOnce() throws IOException {
        var lockFile = home.resolveSibling(home.getFileName() + ".lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!Files.exists(home)) {
                unpackAside();
            }
        }
    }

    private void unpackAside() throws IOException {
        var unfinished = Files.createTempDirectory(home.toAbsolutePath().getParent(), "registry-unpacking-");
        try {
            extract(unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileSystemUtils.deleteRecursively(unfinished); // There is something to delete only after a failure.
        }
    }

    private void extract(Path folder) throws IOException {
        var tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(tar.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (exitStatus(tar) != 0) {
            throw new IOException("tar failed on " + archive + ": " + output.strip());
        }
    }

    private static int exitStatus(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the registry was being unpacked");
        }
    }
}
