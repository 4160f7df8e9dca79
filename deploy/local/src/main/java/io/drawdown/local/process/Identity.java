package io.drawdown.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process: the id alone is used again after a while, the id with its start is not.
 *
 * @param pid the process id
 * @param started the start as the system tells it, comparable only with another reading on the same machine
 */
public record Identity(long pid, String started) {

    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    /** Reads the identity of a process; empty when it has gone or is only waiting to be collected by its parent. */
    public static Optional<Identity> of(long pid) {
        return startOf(pid).map(started -> new Identity(pid, started));
    }

    /** Whether exactly this process still runs. */
    public boolean isAlive() {
        return startOf(pid).filter(started::equals).isPresent();
    }

    /** The process, if exactly this one still runs. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(found -> isAlive());
    }

    private static Optional<String> startOf(long pid) {
        var stat = Path.of("/proc", Long.toString(pid), "stat");
        return Files.isDirectory(Path.of("/proc/self")) ? startInProc(stat) : startInHandle(pid);
    }

    private static Optional<String> startInProc(Path stat) {
        try {
            var line = Files.readString(stat);
            // The second field is the command in brackets and may itself hold spaces and brackets.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[STATE]) ? Optional.empty() : Optional.of(bootId() + ":" + fields[START_TICKS]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    private static Optional<String> startInHandle(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Object::toString);
    }
}
