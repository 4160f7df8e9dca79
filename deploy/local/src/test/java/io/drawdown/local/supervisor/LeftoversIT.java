package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.Launcher;
import io.drawdown.local.process.StopSignal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LeftoversIT {

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void killAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void stopsWhatARunFileNames() throws Exception {
        var runFiles = new RunFiles(folder.resolve("run"));
        var process = sleeping();
        runFiles.write(entry("server", process));

        assertThat(Leftovers.stop(runFiles)).containsExactly("server");

        assertThat(process.isAlive()).isFalse();
        assertThat(runFiles.processes()).isEmpty();
    }

    @Test
    void leavesAloneAProcessThatOnlyHasTheSameId() throws Exception {
        var runFiles = new RunFiles(folder.resolve("run"));
        var stranger = sleeping();
        runFiles.write(entry("server", new Identity(stranger.pid(), "an earlier start")));

        assertThat(Leftovers.stop(runFiles)).isEmpty();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(runFiles.processes()).isEmpty();
    }

    private Identity sleeping() {
        var process = Launcher.launch(List.of("/bin/sh", "-c", "exec sleep 60"), Map.of(), folder.resolve("log"));
        started.add(process);
        return Identity.of(process.pid()).orElseThrow();
    }

    private static RunRecord entry(String name, Identity process) {
        return new RunRecord(
                name,
                process.pid(),
                Instant.EPOCH,
                process.started(),
                State.READY,
                true,
                0,
                0,
                0,
                StopSignal.TERM,
                "log",
                null);
    }
}
