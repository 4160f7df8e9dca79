package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The AOT caches: what a service's JVM has loaded, linked and found worth compiling in a training run, so that its next
 * start need not find out again.
 *
 * <p>A cache is named after all that it was made from: what the jar holds, the JVM, its options. The JVM itself looks only at
 * the size and the time of each jar, and builds here all have the same time. What it does look at and does not like, or
 * finds damaged, it says in the service's log, and goes on without the cache.
 *
 * @param folder holds at most one for each service
 */
record AotCaches(Path folder) {

    /** The chaos agent needs this module, and a cache is good for one set of modules only. */
    private static final String MODULES = "--add-modules=java.instrument";

    private static final int NAME_BYTES = 8;
    private static final String SUFFIX = ".aot";

    /** Options with which a service starts from its cache; none when there is no cache for exactly this. */
    List<String> use(Service service, String contents) {
        return find(service, contents)
                .map(cache -> List.of("-XX:AOTCache=" + cache, "-XX:+VerifySharedSpaces", MODULES))
                .orElse(List.of());
    }

    /** Options with which a service writes down, when it ends, what a cache is to be made of. */
    static List<String> record(Path recording) {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording, MODULES);
    }

    Optional<Path> find(Service service, String contents) {
        return Optional.of(file(service, contents)).filter(Files::isRegularFile);
    }

    /**
     * Makes a cache, in place of the one that the service had; takes a processor for a quarter of a minute.
     *
     * @param program what was recorded
     * @param recording what it has written down
     * @return the cache
     * @throws PlatformException when the JVM cannot make it; carries what the JVM said
     */
    Path make(Service service, UnpackedJar program, Path recording) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var fresh = folder.resolve("." + service.label() + ".new");
        assemble(service, program, recording, fresh);
        return keep(service, program.contents(), fresh);
    }

    /** Moves a cache to its place; others of the service are good for nothing any more. */
    Path keep(Service service, String contents, Path fresh) throws IOException {
        var cache = file(service, contents);
        Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        deleteOthers(service, cache);
        return cache;
    }

    private static void assemble(Service service, UnpackedJar program, Path recording, Path fresh)
            throws IOException, InterruptedException {
        var options = new ArrayList<>(service.options());
        options.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + fresh));
        options.addAll(List.of(MODULES, "-jar", program.program().toString()));
        var jvm = new ProcessBuilder(Jvm.command(options))
                .redirectErrorStream(true)
                .start();
        var output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jvm.waitFor() != 0) {
            throw new PlatformException(service.label() + ": no AOT cache could be made. Is there room in "
                    + fresh.getParent() + " and memory for one more JVM? It said:\n" + output);
        }
    }

    private void deleteOthers(Service service, Path cache) throws IOException {
        try (var files = Files.newDirectoryStream(folder, service.label() + "-????????????????" + SUFFIX)) {
            for (var file : files) {
                if (!file.equals(cache)) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path file(Service service, String contents) {
        return folder.resolve(service.label() + "-" + name(service, contents) + SUFFIX);
    }

    private static String name(Service service, String contents) {
        var madeFrom = String.join(
                "\n",
                contents,
                Runtime.version().toString(),
                System.getProperty("os.arch"),
                String.join(" ", Jvm.command(service.options())));
        var sha = JarContents.sha256().digest(madeFrom.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha, 0, NAME_BYTES);
    }
}
