package io.drawdown.wire.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.wire.avro.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class CompactedTopicViewsTest {

    @Test
    void doesNotLetTheServiceStartOnAViewThatIsNotWhole() {
        var views = new CompactedTopicViews(
                () -> {
                    throw new KafkaException("no broker");
                },
                AvroDeserializer::new,
                Duration.ofMillis(300));
        var accounts = views.open(Topic.CRM_ACCOUNTS, Account.class);

        assertThatThrownBy(views::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("crm.accounts.v1")
                .hasMessageContaining("no broker")
                .hasMessageContaining("drawdown.kafka.views.catch-up-timeout");
        assertThat(accounts.isCaughtUp()).isFalse();
        assertThat(views.isRunning()).isFalse();
    }

    @Test
    void dropsWhatASecondReadingHasNotMet() {
        var contents = new ViewContents<>("t", String.class);
        contents.apply("stays", "a");
        contents.apply("goes", "b");
        var removed = new ArrayList<String>();
        contents.onChange((key, value) -> {
            if (value == null) {
                removed.add(key);
            }
        });

        contents.keepOnly(Set.of("stays"));

        assertThat(removed).containsExactly("goes");
        assertThat(contents.values()).containsExactly("a");
    }

    @Test
    void goesOnWhenAListenerFails() {
        var contents = new ViewContents<>("t", String.class);
        contents.onChange((key, value) -> {
            throw new IllegalStateException("a listener's own fault");
        });

        contents.apply("key", "value");

        assertThat(contents.get("key")).isEqualTo("value");
    }

    @Test
    void goesOnWhenAListenerFailsBadly() {
        var contents = new ViewContents<>("t", String.class);
        contents.onChange((key, value) -> {
            throw new AssertionError("a listener's own fault");
        });

        contents.apply("key", "value");

        assertThat(contents.get("key")).isEqualTo("value");
    }

    @Test
    void survivesAnErrorWhileReading() {
        var tries = new AtomicInteger();
        var views = new CompactedTopicViews(
                () -> {
                    tries.incrementAndGet();
                    throw new NoClassDefFoundError("for a test");
                },
                AvroDeserializer::new,
                Duration.ofSeconds(3));
        views.open(Topic.CRM_ACCOUNTS, Account.class);

        assertThatThrownBy(views::start).hasMessageContaining("NoClassDefFoundError");

        assertThat(tries).hasValueGreaterThan(1);
    }

    @Test
    void isDownWhenAViewIsNoLongerRead() {
        var views = new CompactedTopicViews(
                () -> {
                    throw new OutOfMemoryError("for a test");
                },
                AvroDeserializer::new,
                Duration.ofMillis(300));
        views.open(Topic.CRM_ACCOUNTS, Account.class);

        assertThatThrownBy(views::start).hasMessageContaining("OutOfMemoryError");

        assertThat(new CompactedTopicViewsHealth(views).health().getStatus()).isEqualTo(Status.DOWN);
    }
}
