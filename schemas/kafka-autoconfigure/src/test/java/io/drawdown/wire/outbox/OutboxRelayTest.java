package io.drawdown.wire.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.wire.encoded.EncodedSender;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

class OutboxRelayTest {

    private final AtomicInteger tries = new AtomicInteger();

    private OutboxRelay relay = relayWhoseDatabase(() -> new IllegalStateException("not asked"));

    @AfterEach
    void stop() {
        relay.stop();
    }

    @Test
    void survivesAnError() {
        relay = relayWhoseDatabase(() -> new NoClassDefFoundError("org/postgresql/util/Something"));

        relay.start();

        await().until(() -> tries.get() > 1);
        assertThat(new OutboxHealth(relay).health().getStatus()).isEqualTo(Status.UP);
        assertThat(new OutboxHealth(relay).health().getDetails().get("trouble").toString())
                .contains("NoClassDefFoundError");
    }

    @Test
    void isDownOnceItHasEnded() {
        relay = relayWhoseDatabase(() -> new OutOfMemoryError("for a test"));

        relay.start();

        await().until(() -> new OutboxHealth(relay).health().getStatus().equals(Status.DOWN));
        assertThat(tries).hasValue(1);
    }

    @Test
    void isNotDownWhenItWasStopped() {
        relay = relayWhoseDatabase(() -> new IllegalStateException("no database"));
        relay.start();
        await().until(() -> tries.get() > 0);

        relay.stop();

        assertThat(new OutboxHealth(relay).health().getStatus()).isEqualTo(Status.UP);
    }

    private OutboxRelay relayWhoseDatabase(Supplier<Throwable> failure) {
        var dataSource = new AbstractDataSource() {
            @Override
            public Connection getConnection() {
                tries.incrementAndGet();
                throw OutboxRelayTest.<RuntimeException>sneaked(failure.get());
            }

            @Override
            public Connection getConnection(String user, String password) {
                return getConnection();
            }
        };
        var sender = EncodedSender.patient(new DefaultKafkaProducerFactory<>(Map.of()), "test");
        return new OutboxRelay(dataSource, sender, "test", Duration.ofMillis(10), 10, true);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaked(Throwable failure) throws T {
        throw (T) failure;
    }
}
