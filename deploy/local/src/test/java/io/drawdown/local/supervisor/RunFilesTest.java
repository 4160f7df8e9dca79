package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    private RunFiles files;

    @BeforeEach
    void open() {
        files = new RunFiles(folder.resolve("run"));
    }

    @Test
    void readsWhatWasWritten() {
        var entry = entry("wallet", 2);

        files.write(entry);

        assertThat(files.read("wallet")).contains(entry);
    }

    @Test
    void tellsNameProcessIdAndStartUnderTheAgreedKeys() throws IOException {
        files.write(entry("wallet", 2));

        assertThat(Files.readString(folder.resolve("run/wallet.json")))
                .contains("\"name\" : \"wallet\"", "\"pid\" : ", "\"startedAt\" : \"2026-11-20T12:00:00Z\"")
                .contains("\"state\" : \"ready\"");
    }

    @Test
    void listsTheHighestRankFirstAndNotTheSupervisor() {
        files.write(entry("postgres", 0));
        files.write(entry("wallet", 2));
        files.write(entry("registry", 1));
        files.write(entry(RunFiles.SUPERVISOR, -1));

        assertThat(files.processes()).extracting(RunRecord::name).containsExactly("wallet", "registry", "postgres");
    }

    @Test
    void passesOverAFileThatIsNoRecord() throws IOException {
        files.write(entry("wallet", 2));
        Files.writeString(folder.resolve("run/broken.json"), "{");

        assertThat(files.processes()).extracting(RunRecord::name).containsExactly("wallet");
    }

    @Test
    void knowsNoSupervisorWhoseProcessIdNowBelongsToAnother() {
        var self = Identity.of(ProcessHandle.current().pid()).orElseThrow();
        files.write(entry(RunFiles.SUPERVISOR, -1, self));
        assertThat(files.supervisor()).isPresent();

        files.write(entry(RunFiles.SUPERVISOR, -1, new Identity(self.pid(), "another start")));
        assertThat(files.supervisor()).isEmpty();
    }

    private static RunRecord entry(String name, int rank) {
        return entry(name, rank, new Identity(4711, "then"));
    }

    private static RunRecord entry(String name, int rank, Identity process) {
        return new RunRecord(
                name,
                process.pid(),
                NOON,
                process.started(),
                State.READY,
                true,
                0,
                7103,
                rank,
                StopSignal.TERM,
                "log",
                null);
    }
}
