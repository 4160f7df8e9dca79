package io.drawdown.usage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.SchemaRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a backend on Kafka looks up is there before anybody has sent. */
class PublicContractIT {

    /** Under subjects that no other test uses. */
    final Map<String, Object> config = Map.of(
            RegistrySettings.URL, Platform.registry().url(), "value.subject.name.strategy", "RecordNameStrategy");

    @Test
    void isInTheRegistryBeforeTheFirstEvent() {
        new PublicContract(new UsageEncoder(config)).introduce();

        var registry = new SchemaRegistry(RegistrySettings.from(config));
        assertThat(registry.latest(UsageEvent.class.getName()).schema().getDoc())
                .isEqualTo(UsageEvent.getClassSchema().getDoc());
        assertThat(registry.latest(UsageCorrection.class.getName()).schema().getFullName())
                .isEqualTo(UsageCorrection.class.getName());
    }

    @Test
    void livesWithARegistryThatIsAway() {
        var away = Map.of(RegistrySettings.URL, "http://127.0.0.1:1", "max.retries", "0");

        assertThatCode(() -> new PublicContract(new UsageEncoder(away)).introduce())
                .doesNotThrowAnyException();
    }
}
