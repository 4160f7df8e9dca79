package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The folders: where the jars are, and where everything that the platform writes goes.
 *
 * @param project the root of the checkout
 * @param folder what the platform writes: {@code .drawdown} in the project unless chosen otherwise
 */
public record Home(Path project, Path folder) {

    private static final List<String> DATA = List.of("data", "run", "secrets.json", "environment.json");

    /**
     * Reads the folders from the system properties that the script sets.
     *
     * @throws PlatformException when they are not set
     */
    public static Home fromSystem() {
        var project = System.getProperty("drawdown.root");
        if (project == null) {
            throw new PlatformException("Start this through deploy/drawdown, which tells where the project is.");
        }
        var root = Path.of(project).toAbsolutePath().normalize();
        var folder = System.getProperty("drawdown.home");
        return new Home(
                root,
                folder == null ? root.resolve(".drawdown") : Path.of(folder).toAbsolutePath());
    }

    /** The data of one process; not created here. */
    public Path data(String process) {
        return folder.resolve("data").resolve(process);
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path run() {
        return folder.resolve("run");
    }

    /** Unpacked programs: not data, kept by {@code --fresh}. */
    public Path software() {
        return folder.resolve("software");
    }

    /** What speeds up starts. It belongs to the jars of the project, whichever folder a platform writes to. */
    public Path caches() {
        return project.resolve(".drawdown").resolve("caches");
    }

    /** What a service that is trained has written down. */
    Path recording(String service) {
        return folder.resolve("recordings").resolve(service + ".aotconf");
    }

    public Path secrets() {
        return folder.resolve("secrets.json");
    }

    public Path environment() {
        return folder.resolve("environment.json");
    }

    /** What the build of this module has made: the broker's class path and the schema registry. */
    public Path built() {
        return project.resolve("deploy/local/target");
    }

    /** The jar of a module, whether or not it has been built. */
    public Path jar(String folderOfModule) {
        var module = project.resolve(folderOfModule);
        return module.resolve("target").resolve(module.getFileName() + "-0.1.0.jar");
    }

    /** Makes the folder, readable by its owner only. */
    public void create() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(logs());
    }

    /** Removes the folder with all that is in it. */
    public void delete() {
        Folders.delete(folder);
    }

    /** Removes all data and secrets; logs and unpacked programs stay. */
    public void empty() {
        DATA.forEach(name -> Folders.delete(folder.resolve(name)));
    }
}
