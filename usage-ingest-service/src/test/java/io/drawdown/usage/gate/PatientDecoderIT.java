package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.test.FaultyProxy;
import io.drawdown.support.test.Platform;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node of the registry that has not heard of a schema yet, and one that never will. */
class PatientDecoderIT {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
    static final Usage USAGE = new Usage("evt-1", "/lab", "calls", "acc-1", null, Map.of("value", "1"));

    final byte[] bytes =
            new UsageEncoder(Map.of("schema.registry.url", Platform.registry().url())).event(USAGE);
    final FaultyProxy follower = new FaultyProxy(Platform.registry().url());

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void readsARecordOfASchemaThatTheRegistryHearsOfAMomentLater() {
        answersUnknown(2);

        assertThat(decoder(Duration.ofMinutes(1)).decode(arrival(NOW))).isEqualTo(new Decoded.Event(USAGE));
        assertThat(follower.requests()).hasSize(3);
    }

    @Test
    void givesUpWhenTheGraceHasPassed() {
        answersUnknown(1_000);

        assertUnknown(decoder(Duration.ofMillis(300)).decode(arrival(NOW)));
        assertThat(follower.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void asksOnceForWhatHasWaitedAlready() {
        answersUnknown(1_000);

        assertUnknown(decoder(Duration.ofMinutes(1)).decode(arrival(NOW.minus(Duration.ofMinutes(1)))));
        assertThat(follower.requests()).hasSize(1);
    }

    @Test
    void restsAfterAWaitSoThatMadeUpIdsHoldNothingUp() {
        answersUnknown(1_000);
        var decoder = decoder(Duration.ofSeconds(10));
        follower.failNext(8);
        decoder.decode(arrival(NOW));
        int asked = follower.requests().size();

        follower.failNext(1_000);
        var fresh = bytes.clone();
        fresh[1] = 0x7f;
        assertUnknown(decoder.decode(arrival(NOW, fresh)));
        assertThat(follower.requests()).hasSize(asked + 1);
    }

    @Test
    void doesNotRestOnAThreadThatHasNotWaited() {
        answersUnknown(1_000);
        var decoder = decoder(Duration.ofMillis(300));
        decoder.decode(arrival(NOW));
        int asked = follower.requests().size();

        follower.failNext(1);
        var decoded = CompletableFuture.supplyAsync(() -> decoder.decode(arrival(NOW)));

        assertThat(decoded.join()).isEqualTo(new Decoded.Event(USAGE));
        assertThat(follower.requests()).hasSize(asked + 2);
    }

    private void answersUnknown(int times) {
        follower.failWith(404, UNKNOWN);
        follower.failNext(times);
    }

    private PatientDecoder decoder(Duration grace) {
        var config = Map.of("schema.registry.url", follower.url(), "specific.avro.reader", "true");
        return new PatientDecoder(new UsageDecoder(config), Clock.fixed(NOW, ZoneOffset.UTC), grace);
    }

    private Arrival arrival(Instant storedAt) {
        return arrival(storedAt, bytes);
    }

    private static Arrival arrival(Instant storedAt, byte[] value) {
        return new Arrival(new Record<>(new byte[0], value, storedAt.toEpochMilli()), new Position(0, 7));
    }

    private static void assertUnknown(Decoded decoded) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Undecodable.class,
                        bad -> assertThat(bad.detail()).contains("knows no schema with id"));
    }
}
