package io.drawdown.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a port, as far as {@code /proc} tells; it tells only of processes of the same user. */
final class PortOwner {

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** The process in words, such as {@code process 4711 (/usr/bin/postgres)}. */
    static Optional<String> of(int port) {
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> inode(Path.of("/proc/net", table), port).stream())
                .flatMap(inode -> holder(inode).stream())
                .map(PortOwner::describe)
                .findFirst();
    }

    private static Optional<String> inode(Path table, int port) {
        var end = String.format(Locale.ROOT, ":%04X", port);
        try (var lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
                    .filter(fields -> fields[LOCAL_ADDRESS].endsWith(end))
                    .map(fields -> fields[INODE])
                    .findFirst();
        } catch (IOException | UncheckedIOException noSuchTable) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> holder(String inode) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, "socket:[" + inode + "]"))
                .findFirst();
    }

    private static boolean holds(ProcessHandle process, String socket) {
        try (var descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return descriptors.anyMatch(descriptor -> target(descriptor).equals(socket));
        } catch (IOException | UncheckedIOException notOurs) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static String describe(ProcessHandle process) {
        return "process " + process.pid()
                + process.info().command().map(c -> " (" + c + ")").orElse("");
    }
}
