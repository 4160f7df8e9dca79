package io.drawdown.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process holds, as the system tells it. */
public final class Memory {

    private static final long KILOBYTE = 1024;

    private Memory() {}

    /** The resident memory of a process, in bytes; empty where the system does not say. */
    public static OptionalLong resident(long pid) {
        return field(pid, "VmRSS:");
    }

    /**
     * The resident memory of a process and its children, in bytes; empty where the system does not say. Children are
     * counted without what they share, so that PostgreSQL's buffers are counted once.
     */
    public static OptionalLong residentWithChildren(long pid) {
        var own = resident(pid);
        if (own.isEmpty()) {
            return own;
        }
        var children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(child -> field(child.pid(), "RssAnon:").orElse(0))
                .sum();
        return OptionalLong.of(own.getAsLong() + children);
    }

    private static OptionalLong field(long pid, String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst();
        } catch (IOException | UncheckedIOException notTold) {
            return OptionalLong.empty();
        }
    }
}
