package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.Platform;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.wire.EventHeaders;
import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The Kafka contract, as a backend with a plain Avro producer sees it. */
@UsageServiceTest
class GateIT {

    @Autowired
    UsageLab lab;

    @Autowired
    UsageEncoder encoder;

    static final byte[] NOTHING = {};

    String account;
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
    }

    @Test
    void letsAValidEventThroughWithItsPositionOnItsPartition() {
        var position = lab.send(account, event(id, type, account, "0.0150"));

        var out = lab.accepted(id, 1).getFirst();
        assertThat(out.partition()).isEqualTo(position.partition());
        assertThat(out.key()).isEqualTo(account);
        assertThat(out.value().getAccountId()).isEqualTo(account);
        assertThat(out.value().getMeterId()).isEqualTo("mtr_" + type);
        assertThat(out.value().getValue()).isEqualTo("0.0150");
        assertThat(out.value().getDimensions()).containsOnly(Map.entry("region", "eu"));
        assertThat(out.value().getSourcePartition()).isEqualTo(position.partition());
        assertThat(out.value().getSourceOffset()).isEqualTo(position.offset());
        assertThat(out.value().getAcceptedAt()).isEqualTo(Instant.ofEpochMilli(position.timestamp()));
        assertThat(out.value().getOccurredAt()).isEqualTo(out.value().getAcceptedAt());
    }

    @Test
    void carriesTheProducersHeadersAndNamesTheNewType() {
        lab.send(account, event(id, type, account, "1"));

        var headers = EventHeaders.readFrom(lab.accepted(id, 1).getFirst().headers());
        assertThat(headers.type()).isEqualTo("io.drawdown.events.usage.UsageAccepted");
        assertThat(headers.traceparent()).startsWith("00-");
        assertThat(headers.id()).isNotEmpty();
    }

    /** As much as this JVM's heap, in some kilobytes. A value is cut where it is too long for an event, and a header is not. */
    @Test
    void getsOverABatchThatHoldsMoreThanFitsIntoMemory() {
        var value = new byte[2 * Rejections.ORIGINAL_BYTES_MAX];
        var header = new byte[8_000_000];
        int count = Math.toIntExact(Runtime.getRuntime().maxMemory() / header.length);

        var last = lab.sendCompressed(account, value, header, count);
        lab.send(account, event(id, type, account, "1"));

        assertThat(lab.accepted(id).getSourceOffset()).isGreaterThan(last.offset());
        var refusal = lab.rejectedAt(last);
        assertThat(refusal.getDetail()).contains("more than 1000000 bytes");
        assertThat(refusal.getOriginalValue()).isNull();
    }

    @Test
    void dropsARepeatAndLetsWhatFollowsThrough() {
        lab.send(account, event(id, type, account, "1"));
        lab.send(account, event(id, type, account, "1"));
        lab.send(account, event(id, type, account, "2"));
        var marker = fresh("evt");
        lab.send(account, event(marker, type, account, "1"));

        assertThat(lab.acceptedBefore(marker, id)).hasSize(1);
    }

    /** The identity of an event is account, source and id, on whichever partitions the accounts are. */
    @Test
    void tellsTheSameIdOfTwoAccountsApartAlsoOnOnePartition() {
        var position = lab.send(account, event(id, type, account, "1"));
        var neighbour = account;
        RecordMetadata other;
        do {
            neighbour = lab.activeAccount();
            other = lab.send(neighbour, event(id, type, neighbour, "2"));
        } while (other.partition() != position.partition());

        var last = neighbour;
        await().untilAsserted(() -> assertThat(lab.accepted(id, 2))
                .extracting(out -> out.value().getAccountId())
                .contains(account, last));
    }

    @Test
    void findsTheAccountByItsExternalKeyWhenTheRecordKeyIsItsId() {
        var keyed = lab.activeAccount(id + "-key");

        lab.send(keyed, event(id, type, id + "-key", "1"));

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(keyed);
    }

    @Test
    void takesEachOfAnAccountsOwnKeysAndTheValueFromTheMetersKey() {
        var keyed = lab.activeAccount(id + "-crm", id + "-billing", id + "-tenant");
        var tokens = lab.meter(Aggregation.SUM, "tokens");
        var data = Map.of("tokens", "12", "value", "3", "model", "large", "region", "eu");

        lab.send(keyed, new UsageEvent(id + "-1", "/lab", tokens, id + "-billing", null, data));
        lab.send(keyed, new UsageEvent(id + "-2", "/lab", tokens, id + "-tenant", null, data));

        assertThat(lab.accepted(id + "-1").getAccountId()).isEqualTo(keyed);
        assertThat(lab.accepted(id + "-2").getAccountId()).isEqualTo(keyed);
        assertThat(lab.accepted(id + "-1").getValue()).isEqualTo("12");
        assertThat(lab.accepted(id + "-1").getDimensions())
                .containsOnly(Map.entry("value", "3"), Map.entry("model", "large"), Map.entry("region", "eu"));
    }

    @Test
    void refusesAnotherKeyAndAnotherPartitionAndNamesTheRemedy() {
        var external = lab.activeAccount(id + "-key");
        lab.send(id + "-key", event(id, type, id + "-key", "1"));
        var right = lab.send(account, event(fresh("evt"), type, account, "1"));
        var misplaced = lab.sendTo((right.partition() + 1) % 6, account, event(id + "-2", type, account, "1"));

        assertThat(lab.rejected(id).getReason()).isEqualTo("wrong-key");
        assertThat(lab.rejected(id).getDetail()).contains("send account id \"" + external + "\" as the key");
        assertThat(lab.rejected(id + "-2").getReason()).isEqualTo("wrong-key");
        assertThat(lab.rejected(id + "-2").getDetail()).contains("belongs on " + right.partition() + " of 6");
        assertThat(lab.rejected(id + "-2").getSourcePartition()).isEqualTo(misplaced.partition());
    }

    @Test
    void refusesUnknownNamesClosedAccountsBadValuesAndBadTimes() {
        var closed = lab.closedAccount();
        lab.send(closed, event(id + "-closed", type, closed, "1"));
        lab.send(account, event(id + "-meter", "no-such-meter", account, "1"));
        lab.send(account, event(id + "-value", type, account, "one"));
        lab.send(account, event(id + "-range", type, account, "-1"));
        lab.send(account, new UsageEvent(id + "-missing", "/lab", type, account, null, Map.of()));
        lab.send(account, timed(id + "-old", Instant.now().minus(Duration.ofDays(36))));
        lab.send(account, timed(id + "-ahead", Instant.now().plus(Duration.ofMinutes(10))));
        lab.send("nobody", event(id + "-account", type, "nobody", "1"));

        assertThat(lab.rejected(id + "-closed").getReason()).isEqualTo("closed-account");
        assertThat(lab.rejected(id + "-meter").getReason()).isEqualTo("unknown-meter");
        assertThat(lab.rejected(id + "-value").getReason()).isEqualTo("invalid-value");
        assertThat(lab.rejected(id + "-range").getReason()).isEqualTo("value-out-of-range");
        assertThat(lab.rejected(id + "-missing").getReason()).isEqualTo("missing-value");
        assertThat(lab.rejected(id + "-old").getReason()).isEqualTo("too-old");
        assertThat(lab.rejected(id + "-ahead").getReason()).isEqualTo("too-far-ahead");
        assertThat(lab.rejected(id + "-account").getReason()).isEqualTo("unknown-account");
        assertThat(lab.rejected(id + "-account").getSubject()).isEqualTo("nobody");
    }

    @Test
    void keepsTheOriginalOfARefusalByteForByte() {
        var usage = new Usage(id, "/lab", type, "nobody", null, Map.of("value", "1"));
        var original = encoder.event(usage);

        lab.sendBytes("nobody", original);

        assertThat(lab.rejected(id).getOriginalValue()).isEqualTo(ByteBuffer.wrap(original));
        assertThat(lab.rejected(id).getOriginalKey())
                .isEqualTo(ByteBuffer.wrap("nobody".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void letsAMendedEventThroughUnderTheIdOfARefusedOne() {
        lab.send(account, event(id, type, account, "many"));
        assertThat(lab.rejected(id).getReason()).isEqualTo("invalid-value");

        lab.send(account, event(id, type, account, "7"));

        assertThat(lab.accepted(id).getValue()).isEqualTo("7");
    }

    @Test
    void waitsForAnAccountThatIsCreatedJustBeforeItsFirstUse() {
        var newcomer = fresh("acc");
        lab.send(newcomer, event(id, type, newcomer, "1"));
        lab.publish(UsageLab.account(newcomer, AccountStatus.ACTIVE));

        assertThat(lab.accepted(id).getAccountId()).isEqualTo(newcomer);
    }

    @Test
    void refusesPoisonAndGoesOnBehindIt() {
        var good = encoder.event(new Usage(id, "/lab", type, account, null, Map.of("value", "1")));
        var unknownSchema = good.clone();
        unknownSchema[1] = 0x7f;
        var refusals = Map.of(
                "nothing", lab.sendBytes(account, null),
                "empty", lab.sendBytes(account, new byte[0]),
                "text", lab.sendBytes(account, "{\"id\":1}".getBytes(StandardCharsets.UTF_8)),
                "unknown schema", lab.sendBytes(account, unknownSchema),
                "truncated", lab.sendBytes(account, Arrays.copyOf(good, good.length - 3)),
                "too long", lab.sendBytes(account, Arrays.copyOf(good, good.length + 3)),
                "hostile string", lab.sendBytes(account, hostileLength(good)),
                "hostile map", lab.sendBytes(account, hostileMap()));
        lab.send(account, event(id, type, account, "1"));

        refusals.forEach((what, position) ->
                assertThat(lab.rejectedAt(position).getReason()).as(what).isEqualTo("malformed"));
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    /** Whoever may write here may name any schema that anybody has registered, wherever. */
    @Test
    void refusesRecordsOfHostileSchemasAndGoesOnBehindThem() {
        var depth = new byte[20_000];
        Arrays.fill(depth, (byte) 2); // The second branch of each union.
        depth[depth.length - 1] = 0;
        var node =
                "[\"null\",{\"type\":\"record\",\"name\":\"x.Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"x.Node\"]}]}]";
        var refusals = Map.of(
                "nested too deeply", lab.sendBytes(account, written(usageWith(node), usageAnd(depth))),
                "no generated class",
                        lab.sendBytes(account, written(empty(SpecificRecordBase.class.getName()), NOTHING)),
                "no record at all", lab.sendBytes(account, written(empty(SpecificRecord.class.getName()), NOTHING)),
                // Of an API that is not there.
                "not to be linked",
                        lab.sendBytes(account, written(empty("org.springframework.web.filter.CorsFilter"), NOTHING)));
        lab.send(account, event(id, type, account, "1"));

        refusals.forEach((what, position) ->
                assertThat(lab.rejectedAt(position).getReason()).as(what).isEqualTo("malformed"));
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    /** Avro's decoder reads whatever is no UTF-8 as the same character, so two such ids would be one. */
    @Test
    void refusesAnIdWhoseBytesAreNoUtf8() {
        var mangled = encoder.event(new Usage(id, "/lab", type, account, null, Map.of("value", "1")));
        mangled[6] = (byte) 0xff; // The first of the id, behind five bytes of the wire format and its length.

        var refused = lab.rejectedAt(lab.sendBytes(account, mangled));

        assertThat(refused.getReason()).isEqualTo("malformed");
        assertThat(refused.getDetail()).startsWith("id ").contains("U+FFFD");
    }

    @Test
    void leavesAnOriginalThatIsTooLargeWhereItIs() {
        var position = lab.sendBytes(account, new byte[1_040_000]);

        var refused = lab.rejectedAt(position);
        assertThat(refused.getReason()).isEqualTo("malformed");
        assertThat(refused.getOriginalValue()).isNull();
        assertThat(refused.getDetail()).contains("read it at its position");
    }

    /** The refusal would be too large to be sent under such a key as well, and the gate would stand before it for ever. */
    @Test
    void refusesUnderNoKeyWhatHasALongerOneThanAnyAccountAndGoesOnBehindIt() {
        int partition =
                lab.send(account, event(fresh("evt"), type, account, "1")).partition();
        var alone = lab.sendBytesTo(partition, new byte[600_000], new byte[1]);
        var beside = lab.sendBytesTo(partition, new byte[60_000], new byte[940_000]);
        var tooLarge = lab.sendBytesTo(partition, new byte[1_047_000], new byte[1]);
        lab.send(account, event(id, type, account, "1"));

        assertThat(lab.rejectedAt(alone).getOriginalKey().remaining()).isEqualTo(600_000);
        assertThat(lab.rejectedAt(beside).getOriginalKey().remaining()).isEqualTo(60_000);
        assertThat(lab.rejectedAt(beside).getOriginalValue().remaining()).isEqualTo(940_000);
        assertThat(lab.rejectedAt(tooLarge).getOriginalKey()).isNull();
        assertThat(lab.rejectedAt(tooLarge).getDetail()).contains("read it at its position");
        assertThat(lab.accepted(id).getValue()).isEqualTo("1");
    }

    UsageEvent timed(String eventId, Instant time) {
        var event = event(eventId, type, account, "1");
        event.setTime(time);
        return event;
    }

    /** The first string claims to be two thousand million bytes long. */
    byte[] hostileLength(byte[] good) {
        var hostile = good.clone();
        Arrays.fill(hostile, 5, 9, (byte) 0xff);
        hostile[9] = 0x0e;
        return hostile;
    }

    /** Four strings, no time, and a map that claims a thousand million members. */
    byte[] hostileMap() {
        var good = encoder.event(new Usage("i", "s", "t", "a", null, Map.of()));
        var hostile = Arrays.copyOf(good, good.length + 5);
        hostile[good.length - 1] = (byte) 0x80;
        hostile[good.length] = (byte) 0xa8;
        hostile[good.length + 1] = (byte) 0xd6;
        hostile[good.length + 2] = (byte) 0xb9;
        hostile[good.length + 3] = 0x07;
        return hostile;
    }

    static byte[] written(String schema, byte[] value) {
        var registry = new SchemaRegistry(RegistrySettings.from(
                Map.of(RegistrySettings.URL, Platform.registry().url())));
        return ByteBuffer.allocate(5 + value.length)
                .put((byte) 0)
                .putInt(registry.register(fresh("hostile"), schema, false))
                .put(value)
                .array();
    }

    static String empty(String name) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}";
    }

    /** As a newer producer's, with a field more. */
    static String usageWith(String fieldType) {
        var fields = UsageEvent.getClassSchema().getFields().stream()
                .map(field -> "{\"name\":\"" + field.name() + "\",\"type\":" + field.schema() + "},")
                .collect(Collectors.joining());
        return "{\"type\":\"record\",\"name\":\"" + UsageEvent.class.getName() + "\",\"fields\":[" + fields
                + "{\"name\":\"more\",\"type\":" + fieldType + "}]}";
    }

    byte[] usageAnd(byte[] more) {
        var usage = encoder.event(new Usage(fresh("evt"), "/lab", type, account, null, Map.of("value", "1")));
        return ByteBuffer.allocate(usage.length - 5 + more.length)
                .put(usage, 5, usage.length - 5)
                .put(more)
                .array();
    }
}
