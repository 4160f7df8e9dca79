package io.drawdown.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

class JournalTest {

    /** A port on which nobody listens. */
    static final Map<String, Object> NO_BROKER =
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9", ProducerConfig.MAX_BLOCK_MS_CONFIG, 200);

    @Test
    void asksForTheEventAgainWhenItCannotBeStored() {
        var producers = new DefaultKafkaProducerFactory<String, SpecificRecord>(
                NO_BROKER,
                new StringSerializer(),
                (_, value) -> value.toString().getBytes(StandardCharsets.UTF_8));
        var journal = new Journal(new KafkaTemplate<>(producers), Clock.systemUTC());
        var envelope = new Envelope("evt_1", "invoice.paid", null, false, Instant.EPOCH, "in_1", null);

        assertThatThrownBy(() -> journal.write(envelope, new byte[] {1}))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        producers.destroy();
    }
}
