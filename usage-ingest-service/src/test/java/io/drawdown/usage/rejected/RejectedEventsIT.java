package io.drawdown.usage.rejected;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.FaultyProxy;
import io.drawdown.support.test.Platform;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.usage.HandMade;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.Rejections.Original;
import io.drawdown.usage.wire.TraceContext;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@UsageServiceTest
class RejectedEventsIT {

    @Autowired
    UsageLab lab;

    @Autowired
    RejectedEvents rows;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    UsageDecoder decoder;

    @Autowired
    UsageEncoder encoder;

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
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        http = ServiceClient.at(port, "billing-key");
        type = lab.meter(Aggregation.SUM);
    }

    @Test
    void showsARefusalWithItsOriginalAsBytesAndDecoded() {
        var position = lab.send("nobody", event(id, type, "nobody", "1"));

        var row = only("id=" + id);

        assertThat(row.path("rejectedId").asString()).isEqualTo(position.partition() + "-" + position.offset());
        assertThat(row.path("reason").asString()).isEqualTo("unknown-account");
        assertThat(row.path("subject").asString()).isEqualTo("nobody");
        assertThat(row.at("/original/event/data/value").asString()).isEqualTo("1");
        assertThat(Base64.getDecoder().decode(row.at("/original/keyBase64").asString()))
                .isEqualTo("nobody".getBytes(StandardCharsets.UTF_8));
        assertThat(Instant.parse(row.path("arrivedAt").asString()))
                .isEqualTo(Instant.ofEpochMilli(position.timestamp()));
    }

    @Test
    void showsPoisonThatCannotBeDecoded() {
        var position = lab.sendBytes("k", "poison\0".getBytes(StandardCharsets.UTF_8));

        var row = one(position.partition() + "-" + position.offset());

        assertThat(row.path("reason").asString()).isEqualTo("malformed");
        assertThat(row.at("/original/event").isNull()).isTrue();
        assertThat(Base64.getDecoder().decode(row.at("/original/valueBase64").asString()))
                .isEqualTo("poison\0".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pagesThroughAFilteredListNewestFirst() {
        var subject = fresh("nobody");
        for (int i = 0; i < 5; i++) {
            lab.send(subject, event(id + "-" + i, type, subject, "1"));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> list("subject=" + subject).path("data").size() == 5);

        var first = list("subject=" + subject + "&reason=unknown-account&limit=3");
        var second = list("subject=" + subject + "&reason=unknown-account&limit=3&cursor="
                + first.path("nextCursor").asString());

        assertThat(ids(first)).containsExactly(id + "-4", id + "-3", id + "-2");
        assertThat(ids(second)).containsExactly(id + "-1", id + "-0");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(list("subject=" + subject + "&reason=too-old").path("data").isEmpty())
                .isTrue();
        assertThat(list("source=/elsewhere&id=" + id + "-1").path("data").isEmpty())
                .isTrue();
    }

    /** Half a gigabyte in one answer would be more than the service has. */
    @Test
    void endsAPageWhereItsOriginalsAreLarge() {
        var ofValues = Stream.generate(() -> lab.sendBytes("k", new byte[900_000]));
        var ofKeys = Stream.generate(() -> lab.sendBytesTo(0, new byte[900_000], new byte[1]));
        var sent = Stream.concat(ofValues.limit(3), ofKeys.limit(3))
                .map(position -> position.partition() + "-" + position.offset())
                .toList();
        sent.forEach(this::one);

        var first = list("reason=malformed&limit=500");
        var next = list(
                "reason=malformed&limit=500&cursor=" + first.path("nextCursor").asString());

        assertThat(first.path("data").size()).isBetween(1, 5);
        var seen = Stream.of(first, next)
                .flatMap(page -> page.path("data").valueStream())
                .map(row -> row.path("rejectedId").asString())
                .toList();
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(sent);
    }

    @Test
    void sendsAnEventAgainWhenItsMeterIsKnownAtLast() {
        var account = lab.activeAccount();
        var novel = fresh("calls");
        var position = lab.send("any-key", event(id, novel, account, "3"));
        var rejectedId = only("id=" + id).path("rejectedId").asString();
        replay(rejectedId)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("unknown-meter");

        lab.makeMeter(novel, Aggregation.SUM, "value");
        replay(rejectedId).expectStatus().isAccepted();
        replay(rejectedId).expectStatus().isAccepted();

        var accepted = lab.accepted(id);
        assertThat(accepted.getAccountId()).isEqualTo(account);
        assertThat(accepted.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(position.timestamp()));
        var marker = fresh("evt");
        lab.send(account, event(marker, novel, account, "1"));
        assertThat(lab.acceptedBefore(marker, id)).hasSize(1);
        assertThat(one(rejectedId).path("replays").asInt()).isEqualTo(2);
        assertThat(one(rejectedId).path("replayedBy").asString()).isEqualTo("operator");
    }

    /** The same event, written in another way, is the same refusal. */
    @Test
    void showsWhatHttpRefusedAsItWasSentFirstAndSendsItAgain() {
        var account = lab.activeAccount();
        var novel = fresh("calls");
        var first = json(novel, account).replace("\"data\"", "  \"tenant\":\"blue\", \"data\"");
        for (var written : List.of(first, json(novel, account), first.replace(":1}", ":\"1\"}"))) {
            post(written).expectStatus().isAccepted();
        }
        var marker = fresh("evt");
        post(json(novel, account).replace(id, marker)).expectStatus().isAccepted();
        only("id=" + marker);

        var row = only("id=" + id);
        var rejectedId = row.path("rejectedId").asString();
        assertThat(rejectedId).startsWith("http-");
        assertThat(original(row)).isEqualTo(first);
        assertThat(row.at("/original/event/data/value").asString()).isEqualTo("1");

        lab.makeMeter(novel, Aggregation.SUM, "value");
        replay(rejectedId).expectStatus().isAccepted();

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(account);
    }

    /** So it was with each that HTTP refused before what was sent was kept. */
    @Test
    void showsTheRecordAloneOfWhatWasTooLargeToBeKeptAsItWasSent() {
        var usage = new Usage(id, "/lab", type, lab.activeAccount(), Instant.now(), Map.of("value", "1"));
        var record = encoder.event(usage);
        var refused = new Verdict.Refused(Reason.UNKNOWN_METER, "nobody knows it");
        var original = new Original(new byte[0], record, new byte[Rejections.ORIGINAL_BYTES_MAX]);

        var rejectedId = refuse(refused, Names.of(usage), original);

        var row = one(rejectedId);
        assertThat(row.at("/original/valueBase64").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(record));
        assertThat(row.at("/original/event/id").asString()).isEqualTo(id);
        replay(rejectedId).expectStatus().isAccepted();
    }

    @Test
    void showsABinaryEventWithItsHeaders() {
        var account = lab.activeAccount();
        http.post()
                .uri("/v1/events")
                .headers(headers -> headers.setBearerAuth("ingest-key"))
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/lab")
                .header("ce-type", "no-such-meter")
                .header("ce-subject", account)
                .header("ce-tenant", "blue")
                .bodyValue("{\"value\": 1.50}")
                .exchange()
                .expectStatus()
                .isAccepted();

        assertThat(original(only("id=" + id)))
                .containsIgnoringCase("\r\nce-tenant: blue\r\n")
                .endsWith("\r\n\r\n{\"value\": 1.50}");
    }

    @Test
    void showsWhatWasNoEventOverHttpAsItWasSentAndLeavesItToAPerson() {
        var sent = "{ \"id\":\"" + id + "\",  \"subject\":\"" + id + "-account\" }";
        for (int i = 0; i < 2; i++) {
            post(sent).expectStatus().isBadRequest();
        }

        var row = only("subject=" + id + "-account&reason=malformed");

        assertThat(row.path("id").asString()).isEqualTo(id);
        assertThat(original(row)).isEqualTo(sent);
        replay(row.path("rejectedId").asString())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("attribute specversion is missing"));
    }

    /** Or a key that is bound to one account could have another one charged by whoever replays its line. */
    @Test
    void neverTakesALineOfAStreamForARecord() {
        var line = encoder.event(new Usage(id, "/lab", type, lab.activeAccount(), null, Map.of("value", "1")));
        var refused = new Verdict.Refused(Reason.MALFORMED, "this is no JSON");
        var rejectedId = refuse(refused, Names.NONE, new Original(new byte[0], line, null));

        var row = one(rejectedId);

        assertThat(row.at("/original/valueBase64").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(line));
        assertThat(row.at("/original/event").isNull()).isTrue();
        replay(rejectedId)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("this is no JSON"));
    }

    /** As HTTP refuses it. */
    String refuse(Verdict.Refused refused, Names names, Original original) {
        var position = new Position(
                Position.NOT_IN_THE_LOG, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
        var rejected = Rejections.of(refused, names, position, original, Instant.now());
        log.append(Topic.Name.USAGE_REJECTED, new byte[0], encoder.rejected(rejected), new RecordHeaders())
                .join();
        return "http-" + position.offset();
    }

    /** Nobody replays anything: the account appears, under its id for one event and under an own key for the other. */
    @Test
    void replaysByItselfWhatWaitedForItsAccount() {
        var newcomer = fresh("acc");
        var position = lab.send(newcomer, event(id + "-kafka", type, newcomer, "3"));
        postEvent(type, newcomer + "-key")
                .expectBody()
                .jsonPath("$.rejected[0].reason")
                .isEqualTo("unknown-account")
                .jsonPath("$.rejected[0].parked")
                .isEqualTo(true);
        var rejectedId = only("id=" + id + "-kafka").path("rejectedId").asString();

        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE, newcomer + "-key"));

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(newcomer);
        assertThat(lab.accepted(id + "-kafka").getOccurredAt()).isEqualTo(Instant.ofEpochMilli(position.timestamp()));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(one(rejectedId).path("replayedBy").asString())
                                .isEqualTo("usage-ingest-service"));
    }

    /** Its sender is told that it waits: so it must, whatever became of it before. */
    @Test
    void waitsAgainWhenItIsSentAgainAfterItWaitedNoMore() {
        var newcomer = fresh("acc");
        postEvent(type, newcomer);
        await().until(() -> rows.parked(newcomer, 10).size() == 1);
        rows.unpark(rows.parked(newcomer, 10).getFirst().rejectedId());
        assertThat(rows.parked(newcomer, 10)).isEmpty();

        postEvent(type, newcomer).expectBody().jsonPath("$.rejected[0].parked").isEqualTo(true);

        await().until(() -> rows.parked(newcomer, 10).size() == 1);
        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE));
        assertThat(lab.accepted(id).getAccountId()).isEqualTo(newcomer);
    }

    @Test
    void leavesToAPersonWhatIsRefusedForAnotherReasonWhenItsAccountAppears() {
        var newcomer = fresh("acc");
        lab.send(newcomer, event(id, "no-such-meter", newcomer, "3"));
        only("id=" + id);
        assertThat(rows.parked(newcomer, 10)).hasSize(1);

        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> rows.parked(newcomer, 10).isEmpty());
        var row = only("id=" + id);
        assertThat(row.path("replays").asInt()).isZero();
        assertThat(row.path("reason").asString()).isEqualTo("unknown-meter");
        assertThat(row.path("detail").asString()).contains("no meter counts events of type");
    }

    @Test
    void replaysInPortionsWhatIsLarge() {
        var newcomer = fresh("acc");
        var data = IntStream.range(0, 64).boxed().collect(Collectors.toMap(i -> "k" + i, _ -> "€".repeat(1_024)));
        data.put("k0", "1");
        type = fresh("large");
        lab.makeMeter(type, Aggregation.SUM, "k0");
        lab.sendAll(
                newcomer,
                IntStream.range(0, 30).mapToObj(i -> new UsageEvent(id + "-" + i, "/lab", type, newcomer, null, data)));
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting(newcomer) == 30);

        assertThat(rows.parked(newcomer, 500)).hasSizeBetween(1, 29);

        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE));
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting(newcomer) == 0);
        assertThat(lab.accepted(id + "-29").getValue()).isEqualTo("1");
    }

    /** The database refuses to note anything of the first. */
    @Test
    void replaysWhatWaitsBehindASubjectThatFails() {
        var failing = fresh("a");
        var next = fresh("b");
        for (var subject : List.of(failing, next)) {
            lab.send(subject, event(id + "-" + subject, type, subject, "1"));
            only("id=" + id + "-" + subject);
        }
        jdbc.execute("create function fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'refused for a while'; end $$");
        jdbc.execute("create trigger fails before update on rejected_event for each row when (old.subject = '" + failing
                + "') execute function fail()");
        try {
            lab.publish(UsageLab.account(failing, AccountStatus.ACTIVE));
            lab.awaitKnown(failing);
            lab.publish(UsageLab.account(next, AccountStatus.ACTIVE));

            await().atMost(Duration.ofSeconds(20)).until(() -> waiting(next) == 0);
            assertThat(waiting(failing)).isEqualTo(1);
        } finally {
            jdbc.execute("drop trigger fails on rejected_event");
            jdbc.execute("drop function fail()");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting(failing) == 0);
    }

    int waiting(String subject) {
        return jdbc.queryForObject(
                "select count(*) from rejected_event where parked and subject = ?", (row, _) -> row.getInt(1), subject);
    }

    @Test
    void answers404And409And400() {
        replay("5-999999999").expectStatus().isNotFound();
        replay("nonsense").expectStatus().isNotFound();
        var poison = lab.sendBytes("k", new byte[] {1, 2, 3});
        var rejectedId = poison.partition() + "-" + poison.offset();
        one(rejectedId);
        replay(rejectedId)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("malformed");
        http.get()
                .uri("/v1/rejected-events?cursor=mine")
                .exchange()
                .expectStatus()
                .isBadRequest();
        http.get().uri("/v1/rejected-events?limit=0").exchange().expectStatus().isBadRequest();
        for (var filter : List.of("reason", "source", "id", "subject")) {
            http.get()
                    .uri(URI.create("http://localhost:" + port + "/v1/rejected-events?" + filter + "=%00"))
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:problem:usage-ingest:invalid-filter");
        }
    }

    @Test
    void answers409WhenTheOriginalWasNotKept() {
        var empty = lab.sendBytes("k", null);
        var rejectedId = empty.partition() + "-" + empty.offset();

        assertThat(one(rejectedId).path("reason").asString()).isEqualTo("malformed");
        replay(rejectedId)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:not-replayable");
    }

    @Test
    void answers503WhenTheBrokerDoesNotStoreTheReplay() {
        var rejectedId = rejectedUntilItsMeterIsKnown();

        lab.whileNothingIsStored(() -> replay(rejectedId)
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:kafka-unavailable"));

        assertThat(one(rejectedId).path("replays").asInt()).isZero();
        replay(rejectedId).expectStatus().isAccepted();
        assertThat(lab.accepted(id).getValue()).isEqualTo("3");
    }

    @Test
    void answers503WhenTheRegistryDoesNotAnswer() {
        var rejectedId = rejectedUntilItsMeterIsKnown();
        var speechless = UsageLab.encoderWithoutRegistry();
        var replay = new Replay(rows, decoder, speechless, admissions.forRequests(), log, Clock.systemUTC());

        handMade.client(new RejectedEventController(rows, decoder, replay, trace))
                .post()
                .uri("/v1/rejected-events/" + rejectedId + "/replay")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:schema-registry-unavailable")
                .jsonPath("$.detail")
                .isEqualTo("The schema registry does not answer, so nothing was sent. Replay it in a moment.");

        assertThat(one(rejectedId).path("replays").asInt()).isZero();
    }

    @Test
    void showsTheBytesAndReplaysNothingWhileTheRegistryLetsNobodyIn() {
        var rejectedId = rejectedUntilItsMeterIsKnown();

        try (var closed = new FaultyProxy(Platform.registry().url())) {
            closed.failWith(401, "");
            closed.failNext(100);
            var blind = new UsageDecoder(Map.of("schema.registry.url", closed.url(), "specific.avro.reader", "true"));
            var replay = new Replay(rows, blind, encoder, admissions.forRequests(), log, Clock.systemUTC());
            var client = handMade.client(new RejectedEventController(rows, blind, replay, trace));

            client.get()
                    .uri("/v1/rejected-events?limit=20&id=" + id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data[0].original.valueBase64")
                    .isNotEmpty()
                    .jsonPath("$.data[0].original.event")
                    .isEmpty();
            client.post()
                    .uri("/v1/rejected-events/" + rejectedId + "/replay")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:problem:usage-ingest:schema-registry-unavailable")
                    .jsonPath("$.detail")
                    .isEqualTo("The schema registry refuses what the service asks of it, so nothing was sent. Replay it"
                            + " in a moment.");
        }

        assertThat(one(rejectedId).path("replays").asInt()).isZero();
    }

    /** A registry that was restored from a backup knows it again later; what was parked had been read when it came. */
    @Test
    void leavesParkedWhatTheRegistryDoesNotKnowAnyMore() {
        var newcomer = fresh("acc");
        lab.send(newcomer, event(id, type, newcomer, "3"));
        await().until(() -> rows.parked(newcomer, 10).size() == 1);

        try (var forgetful = new FaultyProxy(Platform.registry().url())) {
            forgetful.failWith(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            forgetful.failNext(100);
            var blind =
                    new UsageDecoder(Map.of("schema.registry.url", forgetful.url(), "specific.avro.reader", "true"));
            var replay = new Replay(rows, blind, encoder, admissions.forRequests(), log, Clock.systemUTC());

            assertThat(replay.sendAll(rows.parked(newcomer, 10), "test")).isFalse();
        }
        assertThat(rows.parked(newcomer, 10)).hasSize(1);
    }

    private String rejectedUntilItsMeterIsKnown() {
        var account = lab.activeAccount();
        var novel = fresh("calls");
        lab.send(account, event(id, novel, account, "3"));
        var rejectedId = only("id=" + id).path("rejectedId").asString();
        lab.makeMeter(novel, Aggregation.SUM, "value");
        return rejectedId;
    }

    @Test
    void letsCustomerSuccessReadButNotReplayAndBackendsNeither() {
        var success = http.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth("cs-key"))
                .build();
        success.get().uri("/v1/rejected-events").exchange().expectStatus().isOk();
        success.post()
                .uri("/v1/rejected-events/1-1/replay")
                .exchange()
                .expectStatus()
                .isForbidden();
        http.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth("ingest-key"))
                .build()
                .get()
                .uri("/v1/rejected-events")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void dropsWhatIsOlderThanTheRetentionAndKeepsTheRest() {
        lab.send("nobody", event(id, type, "nobody", "1"));
        var rejectedId = only("id=" + id).path("rejectedId").asString();

        assertThat(rows.dropBefore(Instant.now().minus(1, ChronoUnit.DAYS), 1_000))
                .isZero();
        assertThat(one(rejectedId).path("id").asString()).isEqualTo(id);
        assertThat(rows.dropBefore(Instant.now().plus(1, ChronoUnit.DAYS), 1_000))
                .isPositive();
        http.get()
                .uri("/v1/rejected-events/" + rejectedId)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    WebTestClient.ResponseSpec postEvent(String eventType, String subject) {
        return post(json(eventType, subject)).expectStatus().isAccepted();
    }

    String json(String eventType, String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/lab\",\"type\":\"" + eventType
                + "\",\"subject\":\"" + subject + "\",\"data\":{\"value\":1}}";
    }

    WebTestClient.ResponseSpec post(String event) {
        return http.post()
                .uri("/v1/events")
                .headers(headers -> headers.setBearerAuth("ingest-key"))
                .header("Content-Type", "application/cloudevents+json")
                .bodyValue(event)
                .exchange();
    }

    String original(JsonNode row) {
        var bytes = Base64.getDecoder().decode(row.at("/original/valueBase64").asString());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode only(String query) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> list(query).path("data").size() == 1);
        return list(query).path("data").get(0);
    }

    JsonNode one(String rejectedId) {
        var uri = "/v1/rejected-events/" + rejectedId;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> http.get().uri(uri).exchange().expectStatus().isOk());
        return http.get()
                .uri(uri)
                .exchange()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    JsonNode list(String query) {
        return http.get()
                .uri("/v1/rejected-events?" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    WebTestClient.ResponseSpec replay(String rejectedId) {
        return http.post().uri("/v1/rejected-events/" + rejectedId + "/replay").exchange();
    }
}
