package io.drawdown.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void recognisesAProcessThatStillRuns() {
        var self = Identity.of(SELF).orElseThrow();

        assertThat(self.isAlive()).isTrue();
        assertThat(Identity.of(SELF)).contains(self);
        assertThat(self.handle()).contains(ProcessHandle.current());
    }

    @Test
    void doesNotTakeALaterProcessOfTheSameIdForTheEarlier() {
        var earlier = new Identity(SELF, "an earlier start");

        assertThat(earlier.isAlive()).isFalse();
        assertThat(earlier.handle()).isEmpty();
    }

    @Test
    void knowsThatAProcessHasEnded() throws Exception {
        var process = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        process.waitFor();

        assertThat(Identity.of(process.pid())).isEmpty();
    }
}
