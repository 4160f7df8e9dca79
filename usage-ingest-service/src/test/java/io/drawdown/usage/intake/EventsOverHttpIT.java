package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.usage.HandMade;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.TraceContext;
import io.drawdown.wire.EventHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@UsageServiceTest
class EventsOverHttpIT {

    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCHED = "application/cloudevents-batch+json";
    static final String STREAMED = "application/x-ndjson";
    static final String BINARY = "application/json";

    @Autowired
    UsageLab lab;

    @Autowired
    HandMade handMade;

    @Autowired
    Intake intake;

    @Autowired
    EventStream stream;

    @Autowired
    Senders senders;

    @Autowired
    TraceContext trace;

    @Autowired
    IntakeProperties limits;

    @LocalServerPort
    int port;

    WebTestClient http;
    String account;
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        http = ServiceClient.at(port, "ingest-key");
        account = lab.activeAccount(id + "-key");
        type = lab.meter(Aggregation.SUM);
    }

    @Test
    void takesAStructuredEventToTheLedgersDoor() {
        post(STRUCTURED, event(id, account, "{\"value\":1234567.0100000,\"region\":\"eu\"}"))
                .expectStatus()
                .isAccepted()
                .expectBody()
                .json("{\"accepted\":1,\"rejected\":[]}");

        assertThat(lab.accepted(id).getValue()).isEqualTo("1234567.0100000");
        assertThat(lab.accepted(id).getDimensions()).containsEntry("region", "eu");
    }

    @Test
    void resolvesAnExternalKeySoThatTheRecordStandsUnderTheAccount() {
        post(STRUCTURED, event(id, id + "-key", "{\"value\":1}")).expectStatus().isAccepted();

        assertThat(lab.accepted(id, 1).getFirst().key()).isEqualTo(account);
    }

    @Test
    void takesTheGoodEventsOfABatchAndNamesTheOthers() {
        var bad = "{\"id\":\"" + id + "-bad\", \"data\": 7}";
        var nobodys = event(id + "-nobody", "nobody", "{\"value\": 1.50, \"x\":\"1.50\"}");
        var batch = "[" + event(id, account, "{\"value\":1}") + "," + bad + ","
                + nobodys + ","
                + event(id + "-value", account, "{\"value\":\"many\"}") + ","
                + event(id + "-b", account, "{\"value\":\"2\"}") + "]";

        post(BATCHED, batch)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(2)
                .jsonPath("$.rejected.length()")
                .isEqualTo(3)
                .jsonPath("$.rejected[0].index")
                .isEqualTo(1)
                .jsonPath("$.rejected[0].reason")
                .isEqualTo("malformed")
                .jsonPath("$.rejected[1].index")
                .isEqualTo(2)
                .jsonPath("$.rejected[1].id")
                .isEqualTo(id + "-nobody")
                .jsonPath("$.rejected[1].source")
                .isEqualTo("/lab")
                .jsonPath("$.rejected[1].reason")
                .isEqualTo("unknown-account")
                .jsonPath("$.rejected[2].reason")
                .isEqualTo("invalid-value");

        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
        assertThat(lab.accepted(id + "-b").getValue()).isEqualTo("2");
        var unknown = lab.rejected(id + "-nobody");
        assertThat(unknown.getSourcePartition()).isEqualTo(Position.NOT_IN_THE_LOG);
        assertThat(unknown.getSent()).isEqualTo(ByteBuffer.wrap(nobodys.getBytes(StandardCharsets.UTF_8)));
        assertThat(lab.rejected(id + "-value").getReason()).isEqualTo("invalid-value");
        var malformed = lab.rejected(id + "-bad");
        assertThat(malformed.getReason()).isEqualTo("malformed");
        assertThat(malformed.getOriginalValue()).isEqualTo(ByteBuffer.wrap(bad.getBytes(StandardCharsets.UTF_8)));
        assertThat(malformed.getSent()).isNull();
    }

    @Test
    void takesABinaryEvent() {
        postBinary(id, "{\"value\":0.5}").expectStatus().isAccepted();

        assertThat(lab.accepted(id).getValue()).isEqualTo("0.5");
    }

    @Test
    void countsARequestThatIsSentTwiceOnce() {
        var marker = fresh("evt");
        post(STRUCTURED, event(id, account, "{\"value\":1}")).expectStatus().isAccepted();
        post(STRUCTURED, event(id, account, "{\"value\":1}")).expectStatus().isAccepted();
        post(STRUCTURED, event(marker, account, "{\"value\":1}")).expectStatus().isAccepted();

        assertThat(lab.acceptedBefore(marker, id)).hasSize(1);
    }

    /** Half of them over HTTP, the others over Kafka; each waits for the last one before it sends. */
    @Test
    void countsOnceWhat24SendAtOnce() throws Exception {
        for (int round = 0; round < 40; round++) {
            sendAtOnce(24, id + "-" + round);
        }
        post(STRUCTURED, event(id, account, "{\"value\":1}")).expectStatus().isAccepted();

        for (int round = 0; round < 40; round++) {
            assertThat(lab.acceptedBefore(id, id + "-" + round))
                    .as("round " + round)
                    .hasSize(1);
        }
    }

    private void sendAtOnce(int times, String eventId) throws Exception {
        var start = new CyclicBarrier(times);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, times)
                    .mapToObj(sender -> senders.submit(() -> {
                        start.await();
                        send(sender % 2 == 0, eventId);
                        return eventId;
                    }))
                    .toList();
            for (var each : sent) {
                each.get();
            }
        }
    }

    private void send(boolean isOverHttp, String eventId) {
        if (isOverHttp) {
            post(STRUCTURED, event(eventId, account, "{\"value\":1}"))
                    .expectStatus()
                    .isAccepted();
        } else {
            lab.send(account, UsageLab.event(eventId, type, account, "1"));
        }
    }

    @Test
    void passesTheCallersTraceOn() {
        http.post()
                .uri("/v1/events")
                .header("Content-Type", STRUCTURED)
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .bodyValue(event(id, account, "{\"value\":1}"))
                .exchange()
                .expectStatus()
                .isAccepted();

        var headers = EventHeaders.readFrom(lab.accepted(id, 1).getFirst().headers());
        assertThat(headers.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(headers.id()).isEqualTo(id);
        assertThat(headers.source()).isEqualTo("/lab");
    }

    @Test
    void answers400WhenNothingOfTheRequestIsAnEvent() {
        post(STRUCTURED, "{\"specversion\":\"1.0\",\"id\":\"x\"}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(0)
                .jsonPath("$.rejected[0].reason")
                .isEqualTo("malformed")
                .jsonPath("$.type")
                .value(String.class, slug -> assertThat(slug).endsWith("malformed-events"));
        post(STRUCTURED, "not json").expectStatus().isBadRequest();
        post(BATCHED, "{}").expectStatus().isBadRequest();
    }

    @Test
    void answersAnEmptyBatchWithNothingAccepted() {
        post(BATCHED, "[]").expectStatus().isAccepted().expectBody().json("{\"accepted\":0,\"rejected\":[]}");
    }

    @Test
    void answers415ToWhatIsNoCloudEvent() {
        post("application/json", "{}").expectStatus().isEqualTo(415);
        post("text/plain", "hello").expectStatus().isEqualTo(415);
    }

    @Test
    void answers413BeyondTheLimitsAndTakesTheLargestBatch() {
        var largest = batchOf(1_000);
        post(BATCHED, largest)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(1_000);
        post(BATCHED, batchOf(1_001)).expectStatus().isEqualTo(413);
        post(STRUCTURED, event(id, account, "{\"x\":\"" + "y".repeat(1_048_577) + "\"}"))
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void refusesAnEventThatIsTooLargeAndTakesTheOthersOfItsBatch() {
        var large = event(id + "-large", account, "{\"value\":1,\"x\":\"" + "y".repeat(131_072) + "\"}");

        post(BATCHED, "[" + large + "," + event(id, account, "{\"value\":1}") + "]")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.rejected[0].index")
                .isEqualTo(0)
                .jsonPath("$.rejected[0].id")
                .isEqualTo(id + "-large")
                .jsonPath("$.rejected[0].source")
                .isEqualTo("/lab")
                .jsonPath("$.rejected[0].reason")
                .isEqualTo("malformed")
                .jsonPath("$.accepted")
                .isEqualTo(1);
    }

    @Test
    void refusesAnEventThatCannotBeReadAndTakesTheOthersOfItsBatch() {
        var twice = event(id + "-twice", account, "{\"value\":1,\"value\":2}");

        post(BATCHED, "[" + twice + "," + event(id, account, "{\"value\":1}") + "]")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.rejected[0].index")
                .isEqualTo(0)
                .jsonPath("$.rejected[0].id")
                .isEqualTo(id + "-twice")
                .jsonPath("$.rejected[0].detail")
                .isEqualTo("data member \"value\" stands twice: send it once")
                .jsonPath("$.accepted")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {STRUCTURED, BATCHED, STREAMED, BINARY})
    void holdsEveryFormToTheSizeOfAnEvent(String form) {
        postAlone(form, id, 131_072)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(1);

        postAlone(form, id + "-large", 131_073)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:malformed-events")
                .jsonPath("$.rejected[0].detail")
                .isEqualTo("the event has more than 131072 bytes: leave data out of it");
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    /** Each would have become the same question mark or replacement character, and the second event a repeat. */
    @Test
    void refusesIdsThatCouldNotBeToldApart() {
        var halves = event("\\ud800", account, "{\"value\":1}") + "," + event("\\udfff", account, "{\"value\":2}") + ","
                + event(id + "-k", account, "{\"value\":1,\"k\":\"\\ud800\"}");

        post(BATCHED, "[" + halves + "," + event(id + "\\ud83d\\ude00", account, "{\"value\":3}") + "]")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(1)
                .jsonPath("$.rejected[?(@.reason == 'malformed')].index")
                .isEqualTo(List.of(0, 1, 2))
                .jsonPath("$.rejected[0].id")
                .isEmpty()
                .jsonPath("$.rejected[0].detail")
                .value(String.class, detail -> assertThat(detail).contains("id \"?\" holds half of a surrogate pair"));
        post(STRUCTURED, event("\\ud800", account, "{}")).expectStatus().isBadRequest();
        post(STREAMED, event("\\ud800", account, "{}")).expectStatus().isBadRequest();
        postBinary("a%FF", "{\"value\":1}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.rejected[0].detail")
                .value(String.class, detail -> assertThat(detail).contains("U+FFFD"));

        assertThat(lab.accepted(id + "\ud83d\ude00").getValue()).isEqualTo("3");
    }

    @Test
    void readsGzipAndNamesWhatItCannotRead() throws IOException {
        var body = RequestBytesTest.gzip(event(id, account, "{\"value\":2}").getBytes(StandardCharsets.UTF_8));

        encoded("gzip", body).expectStatus().isAccepted();
        encoded("gzip", new byte[] {1, 2, 3}).expectStatus().isBadRequest();
        encoded("br", body).expectStatus().isEqualTo(415);

        assertThat(lab.accepted(id).getValue()).isEqualTo("2");
    }

    @Test
    void holdsAKeyToTheSourcesAccountsAndMetersThatItIsBoundTo() {
        var own = fresh("bound");
        var otherType = fresh("storage");
        lab.makeMeter(otherType, Aggregation.SUM, "value");
        lab.publish(UsageLab.account(own, AccountStatus.ACTIVE));
        lab.awaitKnown(own);
        var tenant = http.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth("bound-key"))
                .build();

        var batch = "[" + event(id, own, "{\"value\":1}") + "," + event(id + "-other", account, "{\"value\":1}") + ","
                + event(id + "-nobody", "nobody", "{\"value\":1}") + ","
                + event(id + "-source", own, "{\"value\":1}").replace("/lab", "/elsewhere") + ","
                + event(id + "-type", own, "{\"value\":1}").replace(type, otherType) + "]";
        post(tenant, BATCHED, batch)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(1)
                .jsonPath("$.rejected[?(@.reason == 'not-permitted')].index")
                .isEqualTo(List.of(1, 2, 3, 4));
        post(BATCHED, "[" + event(id + "-type", own, "{\"value\":1}").replace(type, otherType) + "]")
                .expectStatus()
                .isAccepted();
        post(
                        tenant,
                        BATCHED,
                        "[" + illFormed(own, "/lab") + "," + illFormed(account, "/lab") + "," + illFormed(own, "/x")
                                + "]")
                .expectStatus()
                .isBadRequest();
        post(tenant, STRUCTURED, event(id + "-b", account, "{\"value\":1}"))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.rejected[0].id")
                .isEqualTo(id + "-b");

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(own);
        assertThat(lab.rejected(id + "-ill", 1))
                .extracting(UsageRejected::getSubject)
                .containsExactly(own);
    }

    private String illFormed(String subject, String source) {
        return "{\"id\":\"" + id + "-ill\",\"source\":\"" + source + "\",\"type\":\"" + type + "\",\"subject\":\""
                + subject + "\"}";
    }

    /** By its id alone: an alias that nobody has yet may become anybody's. */
    @Test
    void keepsWhatABoundKeySendsForItsOwnAccountThatIsNotKnownYet() {
        var newcomer = fresh("bound");
        var tenant = http.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth("bound-key"))
                .build();

        post(
                        tenant,
                        BATCHED,
                        "[" + event(id, newcomer, "{\"value\":2}") + "," + event(id + "-alias", "alias", "{}") + "]")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.rejected[0].reason")
                .isEqualTo("unknown-account")
                .jsonPath("$.rejected[0].parked")
                .isEqualTo(true)
                .jsonPath("$.rejected[1].reason")
                .isEqualTo("not-permitted")
                .jsonPath("$.rejected[1].parked")
                .isEqualTo(false);
        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE));

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(newcomer);
    }

    @Test
    void parksNothingThatNoAccountWouldMend() {
        var nobody = fresh("acc");

        post(
                        BATCHED,
                        "[" + event(id, nobody, "{\"value\":\"abc\"}") + "," + event(id + "-none", nobody, "{}") + ","
                                + event(id + "-old", nobody, "{\"value\":1}")
                                        .replace("\"subject\"", "\"time\":\"2020-01-01T00:00:00Z\",\"subject\"")
                                + "]")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.rejected[*].reason")
                .isEqualTo(List.of("invalid-value", "missing-value", "too-old"))
                .jsonPath("$.rejected[*].parked")
                .isEqualTo(List.of(false, false, false));
    }

    @Test
    void answers503WhenTheBrokerDoesNotStoreIt() {
        var body = event(id, account, "{\"value\":1}");

        lab.whileNothingIsStored(() -> post(STRUCTURED, body)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:kafka-unavailable")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("Send the same request again")));

        post(STRUCTURED, body).expectStatus().isAccepted();
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    @Test
    void answers503WhileOthersFillTheRoomForBodies() {
        var body = event(id, account, "{\"value\":1}");
        var room = new InFlight("bytes of requests", 1_000, Duration.ZERO);
        var client = handMade.client(new EventController(intake, stream, senders, trace, limits, room));

        room.enter(1_001 - body.length());
        post(client, STRUCTURED, body)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:usage-ingest:no-room")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).startsWith("More bytes of requests are in flight"));
        assertThat(room.count()).isEqualTo(1_001 - body.length());

        room.leave(1);
        post(client, STRUCTURED, body).expectStatus().isAccepted();
        assertThat(room.count()).isEqualTo(1_000 - body.length());
    }

    @Test
    void describesItself() {
        ServiceClient.at(port)
                .build()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths.keys()")
                .value(
                        Set.class,
                        paths -> assertThat(paths)
                                .isEqualTo(Set.of(
                                        "/v1/events",
                                        "/v1/rejected-events",
                                        "/v1/rejected-events/{rejectedId}",
                                        "/v1/rejected-events/{rejectedId}/replay",
                                        "/v1/usage",
                                        "/v1/usage/corrections",
                                        "/v1/usage/corrections/{id}")));
    }

    @Test
    void isClosedToStrangersAndToOtherRoles() {
        var body = event(id, account, "{\"value\":1}");
        http.mutate()
                .defaultHeaders(headers -> headers.remove("Authorization"))
                .build()
                .post()
                .uri("/v1/events")
                .header("Content-Type", STRUCTURED)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        http.post()
                .uri("/v1/events")
                .headers(headers -> headers.setBearerAuth("cs-key"))
                .header("Content-Type", STRUCTURED)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    /** One event that has so many bytes, in the binary form of data. */
    ResponseSpec postAlone(String form, String eventId, int bytes) {
        var whole = padded(event(eventId, account, "{\"value\":1}"), bytes);
        return switch (form) {
            case BATCHED -> post(BATCHED, "[" + whole + "]");
            case BINARY -> postBinary(eventId, padded("{\"value\":1}", bytes));
            default -> post(form, whole);
        };
    }

    static String padded(String object, int bytes) {
        return object.substring(0, object.length() - 1) + " ".repeat(bytes - object.length()) + "}";
    }

    ResponseSpec postBinary(String eventId, String data) {
        return http.post()
                .uri("/v1/events")
                .header("Content-Type", BINARY)
                .header("ce-specversion", "1.0")
                .header("ce-id", eventId)
                .header("ce-source", "/lab")
                .header("ce-type", type)
                .header("ce-subject", account)
                .bodyValue(data)
                .exchange();
    }

    String batchOf(int events) {
        return IntStream.range(0, events)
                .mapToObj(i -> event(id + "-" + i, account, "{\"value\":1}"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    ResponseSpec encoded(String encoding, byte[] body) {
        return http.post()
                .uri("/v1/events")
                .header("Content-Type", STRUCTURED)
                .header("Content-Encoding", encoding)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec post(String contentType, String body) {
        return post(http, contentType, body);
    }

    ResponseSpec post(WebTestClient client, String contentType, String body) {
        return client.post()
                .uri("/v1/events")
                .header("Content-Type", contentType)
                .bodyValue(body)
                .exchange();
    }

    String event(String eventId, String subject, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + eventId + "\",\"source\":\"/lab\",\"type\":\"" + type
                + "\",\"subject\":\"" + subject + "\",\"data\":" + data + "}";
    }
}
