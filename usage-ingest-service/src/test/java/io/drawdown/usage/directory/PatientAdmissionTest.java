package io.drawdown.usage.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.usage.domain.AcceptanceWindow;
import io.drawdown.usage.domain.Admission;
import io.drawdown.usage.domain.Directory;
import io.drawdown.usage.domain.KnownAccount;
import io.drawdown.usage.domain.KnownMeter;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PatientAdmissionTest {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration LONG = Duration.ofMinutes(1);
    static final Duration SHORT = Duration.ofMillis(60);

    final AccountIndex accounts = new AccountIndex();
    final ChangeSignal changes = new ChangeSignal();
    volatile boolean isNovelKnown;

    @Test
    void acceptsAnAccountThatTurnsUpWithinTheGrace() {
        var patient = patient(LONG, 0);
        var verdict = CompletableFuture.supplyAsync(() -> patient.judge(usage("acc-1"), NOW));

        know("acc-other");
        know("acc-1");

        assertThat(verdict.join()).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void refusesWhenTheGraceIsOver() {
        var begun = System.nanoTime();

        assertThat(reason(patient(SHORT, 0).judge(usage("acc-1"), NOW))).isEqualTo(Reason.UNKNOWN_ACCOUNT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(SHORT.minusMillis(5));
    }

    @Test
    void doesNotWaitForAnEventThatArrivedLongerAgoThanTheGrace() {
        var verdict = patient(LONG, 0).judge(usage("acc-1"), NOW.minus(LONG));

        assertThat(reason(verdict)).isEqualTo(Reason.UNKNOWN_ACCOUNT);
    }

    /** Who waited for nothing would wait for a minute. */
    @Test
    void doesNotWaitForAMeterThatIsSwitchedOff() {
        know("acc-1");

        assertThat(reason(patient(LONG, 0).judge(usage("retired", "acc-1"), NOW)))
                .isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reason(patient(LONG, 0).judge(usage("retired", "acc-2"), NOW)))
                .isEqualTo(Reason.UNKNOWN_METER);
    }

    @Test
    void acceptsAMeterThatTurnsUpWithinTheGrace() {
        know("acc-1");
        var patient = patient(LONG, 0);
        var verdict = CompletableFuture.supplyAsync(() -> patient.judge(usage("novel", "acc-1"), NOW));

        isNovelKnown = true;
        changes.changed();

        assertThat(verdict.join()).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void restsAfterAWaitSoThatNonsenseCannotHoldUpAQueue() {
        var patient = patient(SHORT, 1_000_000);
        patient.judge(usage("acc-1"), NOW);
        var begun = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            patient.judge(usage("acc-" + i), NOW);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SHORT.multipliedBy(20));
    }

    PatientAdmission patient(Duration grace, int restFactor) {
        var window = new AcceptanceWindow(Duration.ofDays(35), Duration.ofMinutes(5));
        return new PatientAdmission(
                new Admission(new Names(), window), changes, Clock.fixed(NOW, ZoneOffset.UTC), grace, restFactor);
    }

    void know(String accountId) {
        accounts.put(
                accountId,
                new Account(
                        accountId,
                        "Acme",
                        "a@example.com",
                        null,
                        "USD",
                        AccountStatus.ACTIVE,
                        null,
                        List.of(),
                        NOW,
                        NOW,
                        "UTC"));
        changes.changed();
    }

    static Usage usage(String subject) {
        return usage("calls", subject);
    }

    static Usage usage(String type, String subject) {
        return new Usage("evt-1", "/gateway", type, subject, null, Map.of("value", "1"));
    }

    static Reason reason(Verdict verdict) {
        return ((Verdict.Refused) verdict).reason();
    }

    final class Names implements Directory {
        @Override
        public @Nullable KnownAccount account(String subject) {
            return accounts.find(subject);
        }

        @Override
        public KnownMeter.@Nullable Counting counting(String meterId) {
            return KnownMeter.Counting.BY_VALUE;
        }

        @Override
        public @Nullable KnownMeter meter(String eventName) {
            return eventName.equals("novel") && !isNovelKnown
                    ? null
                    : new KnownMeter(
                            "mtr_1", eventName, KnownMeter.Counting.BY_VALUE, "value", !eventName.equals("retired"));
        }
    }
}
