package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.time.Zone;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Verdict.Accepted;
import io.drawdown.usage.domain.Verdict.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration LATE = Duration.ofDays(35);
    static final Duration EARLY = Duration.ofMinutes(5);

    static final Map<String, KnownAccount> ACCOUNTS = Map.of(
            "acc-1", new KnownAccount("acc-1", false, Zone.UTC),
            "crm:77", new KnownAccount("acc-1", false, Zone.UTC),
            "acc-closed", new KnownAccount("acc-closed", true, Zone.UTC));

    static final Map<String, KnownMeter> METERS = Map.of(
            "calls", new KnownMeter("mtr_calls", "calls", Counting.BY_VALUE, "value", true),
            "logins", new KnownMeter("mtr_logins", "logins", Counting.ONE_EACH, "value", true),
            "visitors", new KnownMeter("mtr_visitors", "visitors", Counting.BY_TEXT, "visitor", true),
            "retired", new KnownMeter("mtr_retired", "retired", Counting.BY_VALUE, "value", false),
            "novel", new KnownMeter("mtr_novel", "novel", Counting.UNKNOWN, "value", true));

    final Admission admission = new Admission(new KnownNames(), new AcceptanceWindow(LATE, EARLY));

    @Test
    void acceptsUsageWithItsValueAndDimensions() {
        var verdict = accepted(usage("calls", "acc-1", NOW, Map.of("value", "0.0150", "region", "eu")));

        assertThat(verdict.value()).isEqualTo("0.0150");
        assertThat(verdict.dimensions()).containsExactly(Map.entry("region", "eu"));
        assertThat(verdict.account().accountId()).isEqualTo("acc-1");
        assertThat(verdict.meter().meterId()).isEqualTo("mtr_calls");
        assertThat(verdict.occurredAt()).isEqualTo(NOW);
    }

    @Test
    void resolvesAnExternalKeyToItsAccount() {
        assertThat(accepted(usage("calls", "crm:77", NOW, Map.of("value", "1")))
                        .account()
                        .accountId())
                .isEqualTo("acc-1");
    }

    @Test
    void takesTheArrivalAsTheTimeOfAnEventThatHasNone() {
        assertThat(accepted(usage("calls", "acc-1", null, Map.of("value", "1"))).occurredAt())
                .isEqualTo(NOW);
    }

    @Test
    void countsOneForEachEventOfACountingMeterWhateverItsValueSays() {
        assertThat(accepted(usage("logins", "acc-1", NOW, Map.of())).value()).isEqualTo("1");
        assertThat(accepted(usage("logins", "acc-1", NOW, Map.of("value", "many")))
                        .value())
                .isEqualTo("1");
    }

    @Test
    void takesAnyTextForAMeterThatCountsUniqueTextsButNone() {
        var verdict = accepted(usage("visitors", "acc-1", NOW, Map.of("visitor", "ann@example.com", "region", "eu")));

        assertThat(verdict.value()).isEqualTo("ann@example.com");
        assertThat(verdict.dimensions()).containsExactly(Map.entry("region", "eu"));
        assertThat(reason(usage("visitors", "acc-1", NOW, Map.of()))).isEqualTo(Reason.MISSING_VALUE);
        assertThat(reason(usage("visitors", "acc-1", NOW, Map.of("visitor", ""))))
                .isEqualTo(Reason.INVALID_VALUE);
    }

    @Test
    void refusesAnUnknownAccount() {
        assertThat(reason(usage("calls", "acc-2", NOW, Map.of("value", "1")))).isEqualTo(Reason.UNKNOWN_ACCOUNT);
    }

    /** It would wait for the account in vain. */
    @Test
    void tellsOfAnUnknownAccountsEventFirstWhatNoAccountWouldMend() {
        var value = Map.of("value", "1");

        assertThat(reason(usage("calls", "acc-2", NOW, Map.of()))).isEqualTo(Reason.MISSING_VALUE);
        assertThat(reason(usage("calls", "acc-2", NOW, Map.of("value", "abc")))).isEqualTo(Reason.INVALID_VALUE);
        assertThat(reason(usage("calls", "acc-2", NOW, Map.of("value", "-1")))).isEqualTo(Reason.VALUE_OUT_OF_RANGE);
        assertThat(reason(usage("calls", "acc-2", NOW.minus(Duration.ofDays(40)), value)))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(reason(usage("nothing", "acc-2", NOW.plus(Duration.ofDays(1)), value)))
                .isEqualTo(Reason.TOO_FAR_AHEAD);
        assertThat(reason(usage("retired", "acc-2", NOW, value))).isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reason(usage("novel", "acc-2", NOW, value))).isEqualTo(Reason.UNKNOWN_METER);
    }

    /** Both may be made before the event is looked at again. */
    @Test
    void waitsForTheAccountWhereTheMeterIsUnknownToo() {
        assertThat(reason(usage("nothing", "acc-2", null, Map.of()))).isEqualTo(Reason.UNKNOWN_ACCOUNT);
        assertThat(reason(usage("logins", "acc-2", null, Map.of()))).isEqualTo(Reason.UNKNOWN_ACCOUNT);
    }

    @Test
    void refusesAClosedAccount() {
        assertThat(reason(usage("calls", "acc-closed", NOW, Map.of("value", "1"))))
                .isEqualTo(Reason.CLOSED_ACCOUNT);
    }

    @Test
    void refusesUnknownSwitchedOffAndIncomprehensibleMeters() {
        assertThat(reason(usage("nothing", "acc-1", NOW, Map.of("value", "1")))).isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reason(usage("retired", "acc-1", NOW, Map.of("value", "1")))).isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reason(usage("novel", "acc-1", NOW, Map.of("value", "1")))).isEqualTo(Reason.UNKNOWN_METER);
    }

    @Test
    void tellsAValueThatIsMissingFromOneThatIsNoNumberAndOneThatIsOutOfRange() {
        assertThat(reason(usage("calls", "acc-1", NOW, Map.of()))).isEqualTo(Reason.MISSING_VALUE);
        assertThat(reason(usage("calls", "acc-1", NOW, Map.of("value", "many"))))
                .isEqualTo(Reason.INVALID_VALUE);
        assertThat(reason(usage("calls", "acc-1", NOW, Map.of("value", "-1")))).isEqualTo(Reason.VALUE_OUT_OF_RANGE);
        assertThat(reason(usage("calls", "acc-1", NOW, Map.of("value", "1e18"))))
                .isEqualTo(Reason.VALUE_OUT_OF_RANGE);
    }

    @Test
    void acceptsUpToTheEdgesOfTheWindowAndNothingBeyond() {
        var value = Map.of("value", "1");

        assertThat(judge(usage("calls", "acc-1", NOW.minus(LATE), value))).isInstanceOf(Accepted.class);
        assertThat(reason(usage("calls", "acc-1", NOW.minus(LATE).minusMillis(1), value)))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(judge(usage("calls", "acc-1", NOW.plus(EARLY), value))).isInstanceOf(Accepted.class);
        assertThat(reason(usage("calls", "acc-1", NOW.plus(EARLY).plusMillis(1), value)))
                .isEqualTo(Reason.TOO_FAR_AHEAD);
    }

    @Test
    void refusesTimesAtTheEndOfTheWorldWithoutOverflowing() {
        var value = Map.of("value", "1");

        assertThat(reason(usage("calls", "acc-1", Instant.ofEpochMilli(Long.MIN_VALUE), value)))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(reason(usage("calls", "acc-1", Instant.ofEpochMilli(Long.MAX_VALUE), value)))
                .isEqualTo(Reason.TOO_FAR_AHEAD);
    }

    @Test
    void refusesABadFormBeforeItLooksAnythingUp() {
        assertThat(reason(usage("calls", "", NOW, Map.of("value", "1")))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void namesWhatWasFoundAndWhatToDo() {
        var refused = (Refused) judge(usage("calls", "acc-2", NOW, Map.of("value", "1")));

        assertThat(refused.detail()).contains("\"acc-2\"").contains("when the account appears");
    }

    Verdict judge(Usage usage) {
        return admission.judge(usage, NOW);
    }

    Accepted accepted(Usage usage) {
        return (Accepted) judge(usage);
    }

    Reason reason(Usage usage) {
        return ((Refused) judge(usage)).reason();
    }

    static Usage usage(String type, String subject, @Nullable Instant occurredAt, Map<String, String> data) {
        return new Usage("evt-1", "/gateway", type, subject, occurredAt, data);
    }

    static final class KnownNames implements Directory {
        @Override
        public @Nullable KnownAccount account(String subject) {
            return ACCOUNTS.get(subject);
        }

        @Override
        public @Nullable Counting counting(String meterId) {
            return METERS.values().stream()
                    .filter(meter -> meter.meterId().equals(meterId))
                    .map(KnownMeter::counting)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public @Nullable KnownMeter meter(String eventName) {
            return METERS.get(eventName);
        }
    }
}
