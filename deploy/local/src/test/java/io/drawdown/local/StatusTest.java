package io.drawdown.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.StopSignal;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import io.drawdown.local.supervisor.State;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Identity SELF =
            Identity.of(ProcessHandle.current().pid()).orElseThrow();
    private static final Identity GONE = new Identity(SELF.pid(), "an earlier start");

    @TempDir
    Path folder;

    private RunFiles files;

    @BeforeEach
    void open() {
        files = new RunFiles(folder);
    }

    @Test
    void saysThatNothingRuns() {
        var status = Status.of(files, NOON);

        assertThat(status.running()).isFalse();
        assertThat(status.toTable()).startsWith("Drawdown is not running.");
    }

    @Test
    void showsOneLineForEachProcess() {
        files.write(entry("wallet", SELF, State.READY, true, null));
        files.write(entry(RunFiles.SUPERVISOR, SELF, State.READY, true, null));

        var status = Status.of(files, NOON.plusSeconds(3_725));

        assertThat(status.isWell()).isTrue();
        assertThat(status.toTable().lines().toList()).satisfies(lines -> {
            assertThat(lines.get(0)).contains("process", "state", "health", "pid", "restarts", "uptime", "port");
            assertThat(lines.get(1)).matches("wallet +ready +up +" + SELF.pid() + " +2 +1:02:05 +\\d+ +7103");
            assertThat(lines.get(2)).startsWith("supervisor");
            assertThat(lines.get(3)).matches("together \\d+ MB");
        });
        assertThat(status.rssMegabytes()).isPositive();
    }

    @Test
    void showsWhyAProcessDied() {
        files.write(entry("wallet", GONE, State.BACKING_OFF, false, "ended with exit code 137"));
        files.write(entry(RunFiles.SUPERVISOR, SELF, State.READY, true, null));

        var status = Status.of(files, NOON);

        assertThat(status.isWell()).isFalse();
        assertThat(status.toTable()).contains("backing-off", "down", "last failure: ended with exit code 137");
    }

    @Test
    void tellsWhatIsLeftWhenTheSupervisorWasKilled() {
        files.write(entry("wallet", SELF, State.READY, true, null));
        files.write(entry("crm", GONE, State.READY, true, null));
        files.write(entry(RunFiles.SUPERVISOR, GONE, State.READY, true, null));

        var status = Status.of(files, NOON);

        assertThat(status.running()).isFalse();
        assertThat(status.toTable()).contains("gone", "deploy/drawdown down cleans up");
    }

    @Test
    void saysTheSameToMachines() {
        files.write(entry("wallet", GONE, State.BACKING_OFF, false, "ended with exit code 137"));

        assertThat(Status.of(files, NOON).toJson())
                .contains("\"running\" : false", "\"name\" : \"wallet\"", "\"state\" : \"backing-off\"")
                .contains("\"restarts\" : 2", "\"health\" : \"down\"", "\"rssMegabytes\" : 0");
    }

    private static RunRecord entry(String name, Identity process, State state, boolean healthy, String failure) {
        return new RunRecord(
                name,
                process.pid(),
                NOON,
                process.started(),
                state,
                healthy,
                2,
                7103,
                1,
                StopSignal.TERM,
                "log",
                failure);
    }
}
