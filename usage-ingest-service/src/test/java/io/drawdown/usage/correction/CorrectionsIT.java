package io.drawdown.usage.correction;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageReplacement;
import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.usage.HandMade;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.TraceContext;
import io.drawdown.usage.wire.UsageLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Corrections, as billing asks for them and as the ledger and the totals see them. */
@UsageServiceTest
class CorrectionsIT {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2)).plus(Duration.ofHours(12));
    static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);

    @Autowired
    UsageLab lab;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    CorrectionTable table;

    @Autowired
    IdempotentRequests requests;

    @Autowired
    Admissions admissions;

    @Autowired
    UsageLog log;

    @Autowired
    TraceContext trace;

    @Autowired
    HandMade handMade;

    @LocalServerPort
    int port;

    WebTestClient http;
    String account;
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        http = ServiceClient.at(port, "billing-key");
        account = lab.activeAccount(id + "-key");
        type = lab.meter(Aggregation.SUM);
    }

    /** Whoever reports usage chooses what it is called, and may know the id of a correction that is not decided yet. */
    @Test
    void usageThatIsRefusedIsNoRefusedCorrection() {
        lab.send(account, UsageLab.event(id, Rejections.CORRECTION_TYPE, account, "1"));
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForList("select 1 from rejected_event where event_id = ?", id)
                                .size()
                        == 1);

        http.get().uri("/v1/usage/corrections/" + id).exchange().expectStatus().isNotFound();
    }

    @Test
    void voidsUsageOnceAndForGood() {
        var usage = use("1", "10");

        var voided = outcome(ask(body("1", null)));

        assertThat(voided.path("status").asString()).isEqualTo("corrected");
        assertThat(voided.path("requestedBy").asString()).isEqualTo("operator");
        assertThat(voided.path("reason").asString()).isEqualTo("wrong customer");
        assertThat(voided.at("/outcome/before/value").asString()).isEqualTo("10");
        assertThat(voided.at("/outcome/after").isNull()).isTrue();
        var record = lab.corrected(voided.path("id").asString());
        assertThat(record.getUsagePosition()).isEqualTo(usage);
        assertThat(record.getUsageId()).isEqualTo(id + "-1");
        assertThat(record.getMeterId()).isEqualTo("mtr_" + type);
        assertThat(record.getBefore().getOccurredAt()).isEqualTo(NOON);
        assertThat(record.getBefore().getDimensions()).containsOnly(Map.entry("region", "eu"));
        assertThat(record.getVoided()).isNull();

        var again = outcome(ask(body("1", replacement("3"))));
        assertThat(again.path("status").asString()).isEqualTo("refused");
        assertThat(again.at("/refusal/reason").asString()).isEqualTo("voided-already");
        use("1", "10");
        use("2", "4");
        awaitUsage("4");
    }

    /** More usage has followed than one fetch brings: it is found by halving. */
    @Test
    void correctsUsageOnWhichMuchHasFollowed() {
        var count = 1_500;
        lab.sendAll(account, IntStream.range(0, count).mapToObj(i -> event(Integer.toString(i), "1", NOON)));
        lab.accepted(id + "-" + (count - 1));

        for (var number : List.of(0, 1, count / 2, count - 1)) {
            var voided = outcome(ask(body(number.toString(), null)));
            assertThat(voided.path("status").asString()).as("number %d", number).isEqualTo("corrected");
        }

        awaitUsage(Integer.toString(count - 4));
    }

    @Test
    void replacesAndReplacesAgainFromWhatCountsNow() {
        use("1", "10");

        var first = lab.corrected(
                outcome(ask(body("1", replacement("2.50")))).path("id").asString());
        var second = lab.corrected(
                outcome(ask(body("1", replacement("3")))).path("id").asString());

        assertThat(first.getBefore().getValue()).isEqualTo("10");
        assertThat(first.getAfter().getValue()).isEqualTo("2.50");
        assertThat(second.getBefore()).isEqualTo(first.getAfter());
        assertThat(second.getAfter().getValue()).isEqualTo("3");
        assertThat(second.getUsagePosition()).isEqualTo(first.getUsagePosition());
        assertThat(second.getSourceOffset()).isGreaterThan(first.getSourceOffset());
        awaitUsage("3");
    }

    @Test
    void movesReplacedUsageToItsRightWindowAndDimensions() {
        use("1", "10");
        use("2", "1");
        var replacement = new LinkedHashMap<String, Object>();
        replacement.put("value", 5.5);
        replacement.put("time", NOON.plusSeconds(7_200).toString());
        replacement.put("dimensions", Map.of("region", "us"));

        outcome(ask(body("1", replacement)));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(values(usage("window=hour&groupBy=region"))).containsExactly("1", "5.5"));
        assertThat(values(usage("window=day"))).containsExactly("6.5");
    }

    @Test
    void findsTheLastAndTheLargestValueAnewWhenItIsTakenAway() {
        for (var aggregation : List.of(Aggregation.MAX, Aggregation.LAST)) {
            type = lab.meter(aggregation);
            useAt(type + "-1", "9", NOON.plusSeconds(1));
            useAt(type + "-2", "12", NOON.plusSeconds(20));
            useAt(type + "-3", "7", NOON.plusSeconds(10));
            awaitUsage("12");

            ask(body(type + "-2", null));
            awaitUsage(aggregation == Aggregation.MAX ? "9" : "7");
            ask(body(type + "-3", replacement("30")));
            awaitUsage("30");
            ask(body(type + "-3", null));
            ask(body(type + "-1", null));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(values(usage("window=day"))).isEmpty());
        }
    }

    @Test
    void countsDifferentTextsInEachWindowAndTakesThemAway() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        useAt("1", "ann", NOON);
        useAt("2", "ann", NOON.plusSeconds(3_600));
        useAt("3", "bob", NOON.plusSeconds(3_601));
        useAt("4", "ann", NOON.plusSeconds(3_602));

        awaitUsage("2");
        assertThat(values(usage("window=hour"))).containsExactly("1", "2");
        var month = MIDNIGHT.atOffset(ZoneOffset.UTC).withDayOfMonth(1);
        var inMonth = get("account=" + account + "&meter=mtr_" + type + "&window=month&from=" + month.toInstant()
                        + "&to=" + month.plusMonths(1).toInstant())
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(values(inMonth)).containsExactly("2");

        outcome(ask(body("2", null)));
        assertThat(values(usage("window=hour"))).containsExactly("1", "2");
        outcome(ask(body("4", null)));
        awaitHours("1", "1");
        assertThat(values(usage("window=day"))).containsExactly("2");
        outcome(ask(body("1", null)));
        awaitHours("1");
        assertThat(outcome(ask(body("3", replacement("eve"))))
                        .at("/refusal/reason")
                        .asString())
                .isEqualTo("not-replaceable");
    }

    @Test
    void countsARepeatedRequestOnceHoweverItIsRepeated() {
        use("1", "10");
        var key = fresh("key");
        var first = taken(ask(key, body("1", replacement("4"))));
        var repeated = taken(ask(key, body("1", replacement("4"))));
        lab.corrected(first);
        lab.correct(account, correction(first, "1", new UsageReplacement("9", null, null)));

        use("marker", "1");
        assertThat(repeated).isEqualTo(first);
        assertThat(lab.correctedBefore(id + "-marker", first)).hasSize(1);
        ask(key, body("1", null)).expectStatus().isEqualTo(409);
    }

    @Test
    void takesCorrectionsOverKafkaAndShowsThemTheSameWay() {
        use("1", "10");
        var correctionId = fresh("cor");

        lab.correct(account, correction(correctionId, "1", null));

        lab.corrected(correctionId);
        await().atMost(PATIENCE).untilAsserted(() -> {
            var shown = shown(correctionId);
            assertThat(shown.path("status").asString()).isEqualTo("corrected");
            assertThat(shown.path("requestedBy").asString()).isEqualTo("back office");
            assertThat(shown.path("requestedAt").isNull()).isTrue();
        });
    }

    @Test
    void refusesWithAReason() {
        use("1", "10");

        assertThat(refusal(ask(body("never", null)))).isEqualTo("unknown-usage");
        assertThat(refusal(ask(body("1", replacement("many"))))).isEqualTo("invalid-value");
        assertThat(refusal(ask(body("1", replacement("-1"))))).isEqualTo("value-out-of-range");
        assertThat(refusal(ask(body("1", dated("1", Instant.now().minus(Duration.ofDays(36)))))))
                .isEqualTo("too-old");
        assertThat(refusal(ask(body("1", dated("1", Instant.now().plusSeconds(3_600))))))
                .isEqualTo("too-far-ahead");
        var misplaced = fresh("cor");
        lab.correct(lab.activeAccount(), correction(misplaced, "1", null));
        assertThat(lab.rejected(misplaced).getReason()).isEqualTo("wrong-key");
        var malformed = fresh("cor");
        lab.correct(account, new UsageCorrection(malformed, account, id + "-1", "/lab", null, "", "ann"));
        assertThat(lab.rejected(malformed).getReason()).isEqualTo("malformed");
        awaitUsage("10");
    }

    /** What was refused claims nothing: it passes under the same id when the usage is there. */
    @Test
    void replaysARefusedCorrection() {
        var correctionId = fresh("cor");
        lab.correct(account, correction(correctionId, "1", null));
        var rejected = lab.rejected(correctionId);
        use("1", "10");
        var path = "/v1/rejected-events/" + rejected.getSourcePartition() + "-" + rejected.getSourceOffset();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> http.get().uri(path).exchange().expectStatus().isOk());

        http.post().uri(path + "/replay").exchange().expectStatus().isAccepted();

        assertThat(lab.corrected(correctionId).getAfter()).isNull();
    }

    @Test
    void keepsAnAuditTrailThatNobodyCanChange() {
        use("1", "10");
        var correctionId = outcome(ask(body("1", null))).path("id").asString();

        assertThat(jdbc.queryForObject(
                        "select requested_by || ': ' || reason from usage_correction where correction_id = ?",
                        String.class,
                        correctionId))
                .isEqualTo("operator: wrong customer");
        for (var change : List.of(
                "update usage_correction set reason = 'other'",
                "delete from usage_corrected",
                "truncate usage_corrected")) {
            assertThatThrownBy(() -> jdbc.execute(change))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("audit trail");
        }
    }

    @Test
    void correctsUsageOfAnAccountThatIsClosedSince() {
        use("1", "10");
        lab.close(account);
        var body = body("1", null);
        body.put("account", account);

        assertThat(outcome(ask(body)).path("status").asString()).isEqualTo("corrected");
    }

    @Test
    void answers503WhenTheBrokerDoesNotStoreItAndCountsItOnceWhenItIsSentAgain() {
        use("1", "10");
        var key = fresh("key");

        lab.whileNothingIsStored(() -> ask(key, body("1", replacement("4")))
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:kafka-unavailable"));

        assertThat(outcome(ask(key, body("1", replacement("4")))).path("status").asString())
                .isEqualTo("corrected");
        awaitUsage("4");
    }

    @Test
    void answers503WhenTheRegistryDoesNotAnswerAndCountsItOnceWhenItIsSentAgain() {
        use("1", "10");
        var key = fresh("key");
        var speechless = new CorrectionLog(UsageLab.encoderWithoutRegistry(), log, Clock.systemUTC());
        var controller = new CorrectionController(
                table, speechless, requests, admissions.forRequests(), trace, Clock.systemUTC());

        ask(handMade.client(controller), key, body("1", replacement("4")))
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:schema-registry-unavailable")
                .jsonPath("$.detail")
                .isEqualTo(
                        "The schema registry does not answer, so the correction was not sent. Send it again with the same"
                                + " Idempotency-Key in a moment: it counts once.");

        assertThat(outcome(ask(key, body("1", replacement("4"))))
                        .path("requestedBy")
                        .asString())
                .as("who asked first, without a key")
                .isEqualTo("unknown");
        awaitUsage("4");
    }

    /** Over Kafka anybody chooses the id, and it is one within an account only. */
    @Test
    void showsCorrectionsOfTwoAccountsUnderOneIdApart() {
        use("1", "10");
        var other = lab.activeAccount(id + "-other");
        lab.correct(account, correction(id, "1", null));
        lab.correct(other, new UsageCorrection(id, other, id + "-1", "/lab", null, "no usage of its own", "ann"));
        lab.corrected(id);
        lab.rejected(id);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(shown(id + "?account=" + account).path("status").asString())
                    .isEqualTo("corrected");
            assertThat(shown(id + "?account=" + id + "-other")
                            .at("/refusal/reason")
                            .asString())
                    .isEqualTo("unknown-usage");
        });
        assertThat(shown(id + "?account=" + account).path("accountId").asString())
                .isEqualTo(account);
        http.get()
                .uri("/v1/usage/corrections/" + id)
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:ambiguous-correction");
    }

    @Test
    void answers400And403And404() {
        ask("", body("1", null)).expectStatus().isBadRequest();
        ask(body("x".repeat(300), null)).expectStatus().isBadRequest();
        var nameless = body("1", null);
        nameless.remove("reason");
        ask(nameless).expectStatus().isBadRequest();
        ask(body("1", dated("1", Instant.MAX))).expectStatus().isBadRequest();
        ask(body("1", replacement("1\u0000"))).expectStatus().isBadRequest();
        ask(body("1", replacement("9".repeat(1_025)))).expectStatus().isBadRequest();
        http.post()
                .uri("/v1/usage/corrections")
                .header("Idempotency-Key", fresh("key"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"account\":\"" + id
                        + "-key\",\"source\":\"/lab\",\"id\":\"\\ud800\",\"reason\":\"half of a pair\"}")
                .exchange()
                .expectStatus()
                .isBadRequest();
        var stranger = body("1", null);
        stranger.put("account", "nobody");
        ask(stranger).expectStatus().isNotFound();
        for (var unknown : List.of("none", "none?account=%00")) {
            http.get()
                    .uri(URI.create("http://localhost:" + port + "/v1/usage/corrections/" + unknown))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        for (var key : List.of("ingest-key", "cs-key")) {
            http.post()
                    .uri("/v1/usage/corrections")
                    .headers(headers -> headers.setBearerAuth(key))
                    .header("Idempotency-Key", fresh("key"))
                    .bodyValue(body("1", null))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    /** As in an event. */
    @Test
    void leavesOutDimensionsThatAreNull() {
        use("1", "10");
        var dimensions = new HashMap<String, @Nullable String>();
        dimensions.put("region", null);
        dimensions.put("model", "large");

        var corrected = outcome(ask(body("1", Map.of("value", "4", "dimensions", dimensions))));

        assertThat(corrected.at("/outcome/after/dimensions").propertyNames()).containsExactly("model");
    }

    /** @return the usage's offset */
    long use(String suffix, String value) {
        return useAt(suffix, value, NOON);
    }

    long useAt(String suffix, String value, Instant at) {
        lab.send(account, event(suffix, value, at));
        return lab.accepted(id + "-" + suffix).getSourceOffset();
    }

    UsageEvent event(String suffix, String value, Instant at) {
        var data = Map.of("value", value, "region", "eu");
        return new UsageEvent(id + "-" + suffix, "/lab", type, account, at, data);
    }

    UsageCorrection correction(String correctionId, String suffix, @Nullable UsageReplacement replacement) {
        return new UsageCorrection(
                correctionId, account, id + "-" + suffix, "/lab", replacement, "wrong customer", "back office");
    }

    Map<String, Object> body(String suffix, @Nullable Map<String, Object> replacement) {
        var body = new LinkedHashMap<String, Object>();
        body.put("account", id + "-key");
        body.put("source", "/lab");
        body.put("id", id + "-" + suffix);
        body.put("reason", "wrong customer");
        if (replacement != null) {
            body.put("replacement", replacement);
        }
        return body;
    }

    static Map<String, Object> replacement(String value) {
        return Map.of("value", value);
    }

    static Map<String, Object> dated(String value, Instant at) {
        return Map.of("value", value, "time", at.toString());
    }

    ResponseSpec ask(Map<String, Object> body) {
        return ask(fresh("key"), body);
    }

    ResponseSpec ask(String key, Map<String, Object> body) {
        return ask(http, key, body);
    }

    static ResponseSpec ask(WebTestClient caller, String key, Map<String, Object> body) {
        return caller.post()
                .uri("/v1/usage/corrections")
                .header("Idempotency-Key", key)
                .bodyValue(body)
                .exchange();
    }

    static String taken(ResponseSpec answer) {
        var body = answer.expectStatus()
                .isAccepted()
                .expectHeader()
                .exists("Location")
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        return body.path("id").asString();
    }

    /** What became of a request, when it is decided. */
    JsonNode outcome(ResponseSpec answer) {
        var correctionId = taken(answer);
        await().atMost(PATIENCE)
                .until(() -> !shown(correctionId).path("status").asString().equals("pending"));
        return shown(correctionId);
    }

    String refusal(ResponseSpec answer) {
        return outcome(answer).at("/refusal/reason").asString();
    }

    JsonNode shown(String correctionId) {
        return http.get()
                .uri("/v1/usage/corrections/" + correctionId)
                .exchange()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    void awaitUsage(String value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(values(usage("window=day"))).containsExactly(value));
    }

    void awaitHours(String... values) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(values(usage("window=hour"))).containsExactly(values));
    }

    static List<String> values(JsonNode usage) {
        return usage.path("data")
                .valueStream()
                .map(entry -> entry.path("value").asString())
                .toList();
    }

    JsonNode usage(String parameters) {
        return get("account=" + account + "&meter=mtr_" + type + "&from=" + MIDNIGHT + "&to="
                        + MIDNIGHT.plus(Duration.ofDays(1)) + "&" + parameters)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    ResponseSpec get(String query) {
        return http.get().uri("/v1/usage?" + query).exchange();
    }
}
