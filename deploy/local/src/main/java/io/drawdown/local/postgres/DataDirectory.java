package io.drawdown.local.postgres;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds a server's data.
 *
 * @param folder appears whole or not at all
 * @param programs the server's programs
 */
record DataDirectory(Path folder, Path programs) {

    private static final String LOCK = "postmaster.pid";

    /** Makes the folder unless it is there. */
    void initialise(String user, String password) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            return;
        }
        Files.createDirectories(folder.getParent());
        var work = Files.createTempDirectory(folder.getParent(), "initdb");
        var passwordFile = Files.createTempFile(work, "password", "");
        Files.writeString(passwordFile, password + "\n");
        var fresh = work.resolve("data");
        initdb(user, passwordFile, fresh);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(passwordFile);
        Files.delete(work);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private void initdb(String user, Path passwordFile, Path fresh) throws IOException, InterruptedException {
        var initdb = new ProcessBuilder(RootRefusal.evading(
                        programs.resolve("bin/initdb").toString(),
                        "-D",
                        fresh.toString(),
                        "-U",
                        user,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale"))
                .redirectErrorStream(true)
                .start();
        var output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new PlatformException("PostgreSQL could not make its data directory in " + folder.getParent()
                    + "; this is what initdb said:\n" + output);
        }
    }

    /**
     * Removes the lock of a server that was killed, when its process id now belongs to another program: the server
     * would take that program for itself and refuse to start.
     */
    void removeStaleLock() throws IOException {
        var lock = folder.resolve(LOCK);
        if (Files.exists(lock) && !heldByAServer(lock)) {
            Files.delete(lock);
        }
    }

    private boolean heldByAServer(Path lock) throws IOException {
        var pid = Files.readAllLines(lock).getFirst().strip();
        return ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }
}
