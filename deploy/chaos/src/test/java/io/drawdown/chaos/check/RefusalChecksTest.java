package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.NOTHING;
import static io.drawdown.chaos.load.ChaosMeter.VISITORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageRejected;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is refused beside what must be: each way in which it may be wrong comes once. */
class RefusalChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final int HTTP = -1;

    private final Sent sent = new Sent();

    @Test
    void areContentWithEachRefusalForItsReason() {
        worthless("nothing", NOTHING, "5");
        worthless("negative", CALLS, "-5");
        worthless("http", CALLS, "-1");
        sent.refusedOverHttp("http");
        var checks = checks(usage("nothing"), usage("counts"), usage("negative"), usage("nothing"));

        assertThat(violations(
                        checks,
                        refused(0, 0, "nothing", "unknown-meter"),
                        refused(0, 2, "negative", "value-out-of-range"),
                        refused(0, 3, "nothing", "unknown-meter"),
                        refused(0, 3, "nothing", "unknown-meter"),
                        refused(HTTP, 77, "http", "value-out-of-range")))
                .isEmpty();
    }

    @Test
    void seeWhatIsRefusedNowhereOrNotWhereItStands() {
        worthless("nothing", NOTHING, "5");
        worthless("http", CALLS, "-1");
        var checks = checks(usage("nothing"), usage("nothing"));

        assertThat(violations(checks, refused(0, 0, "nothing", "unknown-meter")))
                .containsExactly(
                        "nothing at Position[partition=0, offset=1] has to be refused and is not",
                        "http is refused nowhere");
    }

    /** It came over Kafka as well, and what was refused there says nothing of the request. */
    @Test
    void seeARefusalOverHttpThatIsNotKept() {
        worthless("nothing", NOTHING, "5");
        sent.refusedOverHttp("nothing");
        var checks = checks(usage("nothing"));
        var overKafka = refused(0, 0, "nothing", "unknown-meter");

        assertThat(violations(checks, overKafka))
                .containsExactly("nothing was refused over HTTP, and that refusal is not kept");
        assertThat(violations(checks, overKafka, refused(HTTP, 77, "nothing", "unknown-meter")))
                .isEmpty();
    }

    @Test
    void seeAnotherReasonAndTwoAtOnePlace() {
        worthless("negative", CALLS, "-5");
        var checks = checks(usage("negative"));

        assertThat(violations(checks, refused(0, 0, "negative", "refused-before")))
                .containsExactly("negative is refused for refused-before, where value-out-of-range is right: a test");
        assertThat(violations(
                        checks,
                        refused(0, 0, "negative", "value-out-of-range"),
                        refused(0, 0, "negative", "refused-before")))
                .singleElement()
                .asString()
                .contains("refused as two things", "negative for value-out-of-range", "negative for refused-before");
    }

    @Test
    void seeWhatCountsRefusedAndWhatStandsElsewhere() {
        sent.took(new Sent.Usage("counts", "acme", CALLS, BigDecimal.TEN));
        worthless("negative", CALLS, "-5");
        var checks = checks(usage("counts"), usage("negative"));
        var right = refused(0, 1, "negative", "value-out-of-range");

        assertThat(violations(checks, right, refused(HTTP, 5, "counts", "unknown-account")))
                .containsExactly("counts is refused for unknown-account, where nothing is right: a test");
        assertThat(violations(checks, right, refused(0, 2, null, "malformed")))
                .containsExactly("null is refused for malformed, where nothing is right: a test");
        assertThat(violations(checks, right, refused(0, 0, "negative", "value-out-of-range")))
                .containsExactly("negative is refused at Position[partition=0, offset=0], where it does not stand");
    }

    @Test
    void seeACorrectionRefusedForAnotherReason() {
        var nothing = worthless("nothing", NOTHING, "5");
        var text = new Sent.Usage("text", "acme", VISITORS, BigDecimal.ONE);
        sent.add(new Sent.Correction("c1", nothing, null));
        sent.add(new Sent.Correction("c2", text, BigDecimal.TWO));
        sent.add(new Sent.Correction("c3", text, null));
        sent.add(new Sent.Correction("c4", text, null));
        var checks = checks(usage("nothing"), correction("c1"), correction("c2"), correction("c3"), correction("c4"));
        var first = refused(0, 0, "nothing", "unknown-meter");
        var second = refused(0, 1, "c1", "unknown-usage");
        var third = refused(0, 2, "c2", "not-replaceable");
        var last = refused(0, 4, "c4", "voided-already");

        assertThat(violations(checks, first, second, third, last)).isEmpty();
        assertThat(violations(checks, first, second, refused(0, 2, "c2", "voided-already"), last))
                .containsExactly("c2 is refused for voided-already, where not-replaceable is right: a test");
        assertThat(violations(checks, first, second, third, refused(0, 3, "c3", "unknown-usage"), last))
                .containsExactly("c3 is refused for unknown-usage, where nothing is right: a test");
    }

    @Test
    void seeARefusalThatIsNotShownOrShownOtherwise() {
        var refused = topic(refused(0, 3, "a", "unknown-meter"), refused(HTTP, 77, "b", "value-out-of-range"));
        var first = "{'sourcePartition': 0, 'sourceOffset': 3, 'id': 'a', 'reason': 'unknown-meter'}";
        var second = "{'sourcePartition': -1, 'sourceOffset': 77, 'id': 'b', 'reason': '%s'}";

        assertThat(shown(refused, first, second.formatted("value-out-of-range")))
                .isEmpty();
        assertThat(shown(refused, first, "{'sourcePartition': -1, 'sourceOffset': 7, 'id': 'b', 'reason': 'other'}"))
                .containsExactly(
                        "Position[partition=-1, offset=77] is refused, b for value-out-of-range, and shown as null",
                        "Position[partition=-1, offset=7] is shown, b for other, and not refused");
        assertThat(shown(refused, first, second.formatted("unknown-account")))
                .containsExactly(
                        "Position[partition=-1, offset=77] is refused, b for value-out-of-range, and shown as b"
                                + " for unknown-account");
    }

    /** A page for each row. */
    private List<String> shown(RefusedUsage refused, String first, String second) {
        return new RefusalChecks(sent)
                .shown(
                        refused,
                        path -> path.endsWith("&cursor=9")
                                ? json("{'data': [%s], 'nextCursor': null}".formatted(second))
                                : json("{'data': [%s], 'nextCursor': '9'}".formatted(first)))
                .violations();
    }

    private Sent.Usage worthless(String id, ChaosMeter meter, String quantity) {
        var usage = new Sent.Usage(id, "acme", meter, new BigDecimal(quantity));
        sent.tookWorthless(usage);
        return usage;
    }

    /** After all that was sent, with these records on one partition. */
    private RefusalChecks checks(SpecificRecord... records) {
        var checks = new RefusalChecks(sent);
        for (int offset = 0; offset < records.length; offset++) {
            checks.stands(0, offset, records[offset]);
        }
        return checks;
    }

    private static List<String> violations(RefusalChecks checks, UsageRejected... refusals) {
        return checks.refused(topic(refusals)).violations();
    }

    private static RefusedUsage topic(UsageRejected... refusals) {
        var refused = new RefusedUsage();
        Stream.of(refusals).forEach(refused::add);
        return refused;
    }

    private static UsageRejected refused(int partition, long offset, @Nullable String id, String reason) {
        return UsageRejected.newBuilder()
                .setReason(reason)
                .setDetail("a test")
                .setId(id)
                .setRejectedAt(NOON)
                .setSourcePartition(partition)
                .setSourceOffset(offset)
                .build();
    }

    private static UsageEvent usage(String id) {
        return UsageEvent.newBuilder()
                .setId(id)
                .setSource("/s")
                .setType("chaos")
                .setSubject("acme")
                .setTime(NOON)
                .setData(Map.of())
                .build();
    }

    private static UsageCorrection correction(String id) {
        return UsageCorrection.newBuilder()
                .setId(id)
                .setAccountId("acme")
                .setUsageId("u")
                .setUsageSource("/s")
                .setReason("a test")
                .setRequestedBy("billing")
                .build();
    }

    private static JsonNode json(String singleQuoted) {
        return JsonMapper.shared().readTree(singleQuoted.replace('\'', '"'));
    }
}
