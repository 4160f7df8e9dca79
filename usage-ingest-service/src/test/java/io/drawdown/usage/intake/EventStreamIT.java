package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.fresh;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of events in one request. */
@UsageServiceTest
class EventStreamIT {

    /** {@code -Ddrawdown.test.stream-events=1000000} for a long run. */
    static final int EVENTS = Integer.getInteger("drawdown.test.stream-events", 50_000);

    static final int LINES_AT_ONCE = 100;

    @Autowired
    UsageLab lab;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Admissions admissions;

    @Autowired
    UsageEncoder encoder;

    @Autowired
    UsageLog log;

    @Autowired
    Intake intake;

    @Autowired
    IntakeProperties limits;

    @Autowired
    InFlight openStreams;

    @Autowired
    InFlight bodyBytes;

    @Autowired
    InFlight streamRefusals;

    @LocalServerPort
    int port;

    final HttpClient http = HttpClient.newHttpClient();
    final String id = fresh("evt");
    String account;
    String type;

    @BeforeEach
    void know() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
    }

    /** The events are made while the client is asked for them. */
    @Test
    void takesAStreamOfAnyLength() throws Exception {
        var receipt = json(post(
                BodyPublishers.ofByteArrays(() -> IntStream.iterate(0, i -> i < EVENTS, i -> i + LINES_AT_ONCE)
                        .mapToObj(first -> lines(first, LINES_AT_ONCE))
                        .iterator())));

        assertThat(receipt.path("accepted").asInt()).isEqualTo(EVENTS);
        assertThat(receipt.path("rejected").isEmpty()).isTrue();
        await().atMost(Duration.ofMinutes(1).plusMillis(EVENTS)).until(() -> addedUp() == EVENTS);
        await().until(() -> meters.get("drawdown.usage.in-flight").gauge().value() == 0);
    }

    /** A second part would find no place and be refused; and whoever reads further asks how many have not been acknowledged. */
    @Test
    void readsNoFurtherBeforeAPartIsAcknowledged() throws Exception {
        var onePart = new InFlight("events", limits.eventsMax(), Duration.ZERO);
        var waitingWhenRead = new ArrayList<Integer>();
        var body = new ByteArrayInputStream(lines(0, 3_500)) {

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                waitingWhenRead.add(onePart.count());
                return super.read(buffer, offset, length);
            }
        };
        var counted = new Intake(admissions.forRequests(), encoder, log, onePart, Clock.systemUTC());

        var receipt = stream(counted, openStreams).take(body, new Senders(List.of()).of(null), null);

        assertThat(receipt.accepted()).isEqualTo(3_500);
        assertThat(waitingWhenRead).hasSizeGreaterThan(3).containsOnly(0);
    }

    /** Others take all places when its second part has been read. */
    @Test
    void saysHowManyAreStoredWhenALaterPartFindsNoPlace() {
        var places = new InFlight("events", limits.eventsMax(), Duration.ZERO);
        var body = new ByteArrayInputStream(lines(0, 1_500)) {

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    places.enter(limits.eventsMax());
                }
                return read;
            }
        };
        var crowded = new Intake(admissions.forRequests(), encoder, log, places, Clock.systemUTC());

        assertThatThrownBy(() -> stream(crowded, openStreams).take(body, new Senders(List.of()).of(null), null))
                .isInstanceOfSatisfying(IntakeUnavailable.class, refusal -> {
                    assertThat(refusal.getBody().getDetail())
                            .startsWith("The first 1000 events of the stream were taken")
                            .contains("none of these was stored", "Send the same request again");
                    assertThat(refusal.getBody().getType()).hasToString("urn:problem:usage-ingest:no-room");
                    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("1");
                });
    }

    @Test
    void turnsAStreamAwayWhileTooManyAreOpen() throws IOException {
        var open = new InFlight("streams", 1, Duration.ZERO);
        var stream = stream(intake, open);
        open.enter(1);

        assertThatThrownBy(() -> stream.take(body(), new Senders(List.of()).of(null), null))
                .isInstanceOfSatisfying(
                        IntakeUnavailable.class,
                        refusal -> assertThat(refusal.getBody().getDetail())
                                .startsWith("More streams are in flight than this instance takes"));

        open.leave(1);
        assertThat(stream.take(body(), new Senders(List.of()).of(null), null).accepted())
                .isEqualTo(10);
        assertThat(open.count()).isZero();
    }

    private ByteArrayInputStream body() {
        return new ByteArrayInputStream(lines(0, 10));
    }

    private EventStream stream(Intake usedIntake, InFlight usedStreams) {
        return new EventStream(usedIntake, limits, usedStreams, bodyBytes, streamRefusals);
    }

    /** Each may have a thousand, and together they would fill the heap. */
    @Test
    void readsNoFurtherWhereAllStreamsHaveTooManyRefusalsToName() {
        var room = new InFlight("refusals", 1, Duration.ZERO);
        var stream = new EventStream(intake, limits, openStreams, bodyBytes, room);

        assertThatThrownBy(() -> stream.take(refused(2), new Senders(List.of()).of(null), null))
                .isInstanceOfSatisfying(IntakeUnavailable.class, refusal -> {
                    assertThat(refusal.getBody().getDetail())
                            .startsWith("The first 2 events of the stream were taken")
                            .contains("More refusals that streams have to name are in flight");
                    assertThat(refusal.getBody().getProperties())
                            .containsEntry("accepted", 0)
                            .containsEntry("read", 2)
                            .extractingByKey("rejected")
                            .asInstanceOf(LIST)
                            .hasSize(2);
                });
        assertThat(room.count()).isZero();
        assertThatCode(() -> stream.take(refused(1), new Senders(List.of()).of(null), null))
                .doesNotThrowAnyException();
        assertThat(room.count()).isZero();
    }

    private static ByteArrayInputStream refused(int events) {
        return new ByteArrayInputStream("{}\n".repeat(events).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesTheRefusedByIndexIdAndReason() throws Exception {
        var body = event(id, account) + "\n\n{}\n" + event(id + "-nobody", "nobody") + "\n" + event(id + "-b", account);

        var receipt = json(post(BodyPublishers.ofString(body)));

        assertThat(receipt.path("accepted").asInt()).isEqualTo(2);
        assertThat(receipt.at("/rejected/0/index").asInt()).isEqualTo(1);
        assertThat(receipt.at("/rejected/0/reason").asString()).isEqualTo("malformed");
        assertThat(receipt.at("/rejected/1/index").asInt()).isEqualTo(2);
        assertThat(receipt.at("/rejected/1/id").asString()).isEqualTo(id + "-nobody");
        assertThat(receipt.at("/rejected/1/reason").asString()).isEqualTo("unknown-account");
        assertThat(lab.accepted(id + "-b").getValue()).isEqualTo("1");
    }

    @Test
    void readsACompressedStream() throws Exception {
        var answer = sendCompressed(gzip(event(id, account) + "\n"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    @Test
    void readsNoFurtherWhenAThousandAreRefusedAndSaysHowFarItCame() throws Exception {
        var bad = IntStream.range(0, 2_500).mapToObj(_ -> "{}").collect(Collectors.joining("\n"));

        var answer = post(BodyPublishers.ofString(event(id, account) + "\n" + bad));

        assertThat(answer.statusCode()).isEqualTo(422);
        var problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.path("accepted").asInt()).isEqualTo(1);
        assertThat(problem.path("read").asInt())
                .isEqualTo(1 + problem.path("rejected").size())
                .isLessThanOrEqualTo(2_000);
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    /** Of what it would expand to, most is never looked at. */
    @Test
    void readsNoFurtherThroughNothing() throws Exception {
        var answer = sendCompressed(
                gzip(event(id, account) + "\n{}\n" + "\n".repeat(20_000_000) + event(id + "-b", account)));

        assertThat(answer.statusCode()).isEqualTo(422);
        var problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:problem:usage-ingest:gap-too-large");
        assertThat(problem.path("accepted").asInt()).isEqualTo(1);
        assertThat(problem.path("read").asInt()).isEqualTo(2);
        assertThat(problem.at("/rejected/0/index").asInt()).isEqualTo(1);
        assertThat(countedInAll("marker")).isEqualTo(1);
    }

    @Test
    void saysThatPartsAreStoredWhenTheStreamBreaksOff() throws Exception {
        var whole = gzip(new String(lines(0, 2_500), StandardCharsets.UTF_8));

        var answer = sendCompressed(Arrays.copyOf(whole, whole.length - 100));

        assertThat(answer.statusCode()).isEqualTo(422);
        var problem = new JsonMapper().readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:problem:usage-ingest:stream-broken-off");
        assertThat(problem.path("accepted").asInt()).isEqualTo(2_000);
        assertThat(problem.path("read").asInt()).isEqualTo(2_000);
        assertThat(problem.path("rejected").isEmpty()).isTrue();
        assertThat(countedInAll("marker")).isEqualTo(2_000);
        assertThat(json(sendCompressed(whole)).path("accepted").asInt()).isEqualTo(2_500);
        assertThat(countedInAll("last marker")).isEqualTo(2_501);
    }

    @Test
    void answers400WhenTheStreamBreaksOffBeforeAnythingIsStored() throws Exception {
        var whole = gzip(new String(lines(0, 10), StandardCharsets.UTF_8));

        var answer = sendCompressed(Arrays.copyOf(whole, whole.length - 10));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("unreadable-body", "Nothing of it was stored");
    }

    /** The client says that more is to come, and is gone. */
    @Test
    void keepsWhatCameBeforeTheConnectionBrokeAndCountsItOnceWhenAllIsSentAgain() throws Exception {
        var whole = lines(0, 1_500);
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var head = "POST /v1/events HTTP/1.1\r\nHost: lab\r\nAuthorization: Bearer ingest-key\r\n"
                    + "Content-Type: application/x-ndjson\r\nContent-Length: " + (whole.length + 1) + "\r\n\r\n";
            connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().write(whole);
            lab.accepted(id + "-999");
        }

        assertThat(json(post(BodyPublishers.ofByteArray(whole)))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1_500);

        assertThat(countedInAll("marker")).isEqualTo(1_500);
    }

    /** The account's usage before a marker, which stands behind it on its partition. */
    private int countedInAll(String marker) throws Exception {
        json(post(BodyPublishers.ofString(event(id + marker, account))));
        return lab.countBefore(id + marker, account);
    }

    /** What counts of the account by now, each event one. */
    private long addedUp() {
        var sum = "select coalesce(sum(sum), 0) from usage_total where account_id = ? and span = 'DAY'";
        return requireNonNull(jdbc.queryForObject(sum, Long.class, account));
    }

    private byte[] lines(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> event(id + "-" + i, account) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        return http.send(request(body).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> sendCompressed(byte[] body) throws IOException, InterruptedException {
        var request = request(BodyPublishers.ofByteArray(body)).header("Content-Encoding", "gzip");
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
                .header("Authorization", "Bearer ingest-key")
                .header("Content-Type", "application/x-ndjson")
                .POST(body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonMapper().readTree(answer.body());
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String event(String eventId, String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + eventId + "\",\"source\":\"/lab\",\"type\":\"" + type
                + "\",\"subject\":\"" + subject + "\",\"data\":{\"value\":1}}";
    }
}
