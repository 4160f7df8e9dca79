package io.drawdown.local.platform;

import io.drawdown.local.process.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A service's program, unpacked, and how its JVM is started. Options that depend on what was unpacked are read by the JVM
 * from a file beside it: a jar that was built again while the platform runs must not meet a cache of the one before.
 *
 * @param service the service
 * @param jar the program
 * @param start says which options depend on the program
 */
record ServiceProgram(Service service, UnpackedJar jar, Start start) implements Step {

    /** Options of the JVM that depend on what its program holds. */
    @FunctionalInterface
    interface Start {
        List<String> options(Service service, String contents);
    }

    /** What starts it. */
    List<String> command() {
        var arguments = new ArrayList<>(service.options());
        arguments.addAll(List.of("@" + options(), "-jar", jar.program().toString()));
        return Jvm.command(arguments);
    }

    @Override
    public void run() throws IOException, InterruptedException {
        jar.run();
        var lines = start.options(service, jar.contents()).stream()
                .map(ServiceProgram::quoted)
                .collect(Collectors.joining("\n", "", "\n"));
        OwnerOnly.write(options(), lines);
    }

    private Path options() {
        return jar.folder().resolve("jvm.options");
    }

    /** As the {@code java} command reads it from a file: a blank would end the option, a backslash vanish. */
    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
