package io.drawdown.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts a process in a session of its own, with a bare environment, its output appended to a file. */
public final class Launcher {

    /** A setting meant for something else, such as SPRING_PROFILES_ACTIVE, must not reach a service by accident. */
    private static final Set<String> KEPT =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "DRAWDOWN_LOGGING_FORMAT");

    private static final List<String> PLACES = List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin");

    private Launcher() {}

    /**
     * Starts the program.
     *
     * @param log created or appended to
     * @throws PlatformException when it cannot be started at all
     */
    public static Process launch(List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(inOwnSession(command)).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new PlatformException(
                    "Could not start " + command.getFirst() + ": " + e.getMessage()
                            + ". Is it there and may it be executed?",
                    e);
        }
    }

    /** The program's path, if the machine has it. */
    public static List<String> ifPresent(String program, String... arguments) {
        return PLACES.stream()
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> concat(List.of(found.toString()), List.of(arguments)))
                .orElse(List.of());
    }

    /** {@code setsid} and {@code perl} both end in exec, so the process keeps the id that we are given. */
    private static List<String> inOwnSession(List<String> command) {
        var setsid = ifPresent("setsid");
        return concat(
                setsid.isEmpty() ? ifPresent("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--") : setsid,
                command);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
