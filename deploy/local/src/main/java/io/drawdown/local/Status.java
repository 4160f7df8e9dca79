package io.drawdown.local;

import io.drawdown.local.process.Memory;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import io.drawdown.local.supervisor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What runs now.
 *
 * @param running whether the supervisor runs; without it nothing is restarted
 * @param rssMegabytes the resident memory of all processes together
 * @param processes the processes, the supervisor last
 */
record Status(boolean running, long rssMegabytes, List<Line> processes) {

    private static final long MEGABYTE = 1_000_000;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One process.
     *
     * @param name the process
     * @param state what it does: starting, ready, backing-off, stopping, or gone
     * @param pid its id
     * @param restarts how often it was started again
     * @param uptimeSeconds since it was started last
     * @param rssMegabytes resident memory; 0 when it is gone
     * @param port its port; 0 for none
     * @param health {@code up} or {@code down}, as of the last check
     * @param lastFailure why it last died; null when it never did
     */
    record Line(
            String name,
            String state,
            long pid,
            int restarts,
            long uptimeSeconds,
            long rssMegabytes,
            int port,
            String health,
            @Nullable String lastFailure) {

        static Line of(RunRecord process, Instant now) {
            var alive = process.isAlive();
            var gone = !alive && process.state() != State.BACKING_OFF;
            return new Line(
                    process.name(),
                    gone ? "gone" : process.state().label(),
                    process.pid(),
                    process.restarts(),
                    alive ? Duration.between(process.startedAt(), now).toSeconds() : 0,
                    alive ? memory(process) / MEGABYTE : 0,
                    process.port(),
                    alive && process.healthy() ? "up" : "down",
                    process.lastFailure());
        }

        /** The supervisor's children are the other lines. */
        private static long memory(RunRecord process) {
            var resident = process.name().equals(RunFiles.SUPERVISOR)
                    ? Memory.resident(process.pid())
                    : Memory.residentWithChildren(process.pid());
            return resident.orElse(0);
        }

        private boolean isWell() {
            return state.equals(State.READY.label()) && health.equals("up");
        }

        private String toRow() {
            var row = String.format(
                    Locale.ROOT,
                    "%-14s %-12s %-7s %8d %8d %9s %8d %6s",
                    name,
                    state,
                    health,
                    pid,
                    restarts,
                    uptime(uptimeSeconds),
                    rssMegabytes,
                    port == 0 ? "" : Integer.toString(port));
            return lastFailure == null ? row : row + "  last failure: " + lastFailure;
        }
    }

    static Status of(RunFiles runFiles, Instant now) {
        var supervisor = runFiles.supervisor();
        var lines = Stream.concat(
                        runFiles.processes().stream()
                                .sorted(Comparator.comparingInt(RunRecord::rank).thenComparingInt(RunRecord::port)),
                        supervisor.stream())
                .map(process -> Line.of(process, now))
                .toList();
        var memory = lines.stream().mapToLong(Line::rssMegabytes).sum();
        return new Status(supervisor.isPresent(), memory, lines);
    }

    boolean isWell() {
        return running && processes.stream().allMatch(Line::isWell);
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    String toTable() {
        if (processes.isEmpty()) {
            return "Drawdown is not running. Start it with deploy/drawdown up.";
        }
        var head = String.format(
                Locale.ROOT,
                "%-14s %-12s %-7s %8s %8s %9s %8s %6s",
                "process",
                "state",
                "health",
                "pid",
                "restarts",
                "uptime",
                "rss MB",
                "port");
        var rows = processes.stream().map(Line::toRow).collect(Collectors.joining("\n"));
        var note = running ? "" : "\nThe supervisor is gone: deploy/drawdown down cleans up, up starts again.";
        return head + "\n" + rows + "\ntogether " + rssMegabytes + " MB" + note;
    }

    private static String uptime(long seconds) {
        var time = Duration.ofSeconds(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
