package io.drawdown.usage.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.domain.AcceptanceWindow;
import io.drawdown.usage.domain.Admission;
import io.drawdown.usage.domain.Directory;
import io.drawdown.usage.domain.KnownAccount;
import io.drawdown.usage.domain.KnownMeter;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of a directory that changes behind each first look, and has nobody: whoever is patient looks twice. */
class AdmissionsTest {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration GRACE = Duration.ofSeconds(1);

    final ChangeSignal changes = new ChangeSignal();
    final AtomicInteger looks = new AtomicInteger();
    final Admissions admissions = new Admissions(
            new Admission(new Nobody(), new AcceptanceWindow(Duration.ofDays(35), Duration.ofMinutes(5))),
            changes,
            Clock.fixed(NOW, ZoneOffset.UTC),
            GRACE);

    @Test
    void aThreadThatWaitedForOnePartitionDoesNotWaitForAnotherAtOnce() {
        assertThat(looksOf(admissions.forQueue())).isEqualTo(2);
        assertThat(looksOf(admissions.forQueue())).isEqualTo(1);
    }

    @Test
    void anotherThreadWaitsMeanwhile() {
        assertThat(looksOf(admissions.forQueue())).isEqualTo(2);
        assertThat(CompletableFuture.supplyAsync(() -> looksOf(admissions.forQueue()))
                        .join())
                .isEqualTo(2);
    }

    private int looksOf(PatientAdmission admission) {
        looks.set(0);
        var usage = new Usage("evt-1", "/gateway", "calls", "acc-1", null, Map.of("value", "1"));
        assertThat(admission.judge(usage, NOW)).isInstanceOf(Verdict.Refused.class);
        return looks.get();
    }

    final class Nobody implements Directory {
        @Override
        public @Nullable KnownAccount account(String subject) {
            if (looks.incrementAndGet() == 1) {
                changes.changed();
            }
            return null;
        }

        @Override
        public KnownMeter.Counting counting(String meterId) {
            return KnownMeter.Counting.BY_VALUE;
        }

        @Override
        public KnownMeter meter(String eventName) {
            return new KnownMeter("mtr_1", eventName, KnownMeter.Counting.BY_VALUE, "value", true);
        }
    }
}
