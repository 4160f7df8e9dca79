package io.drawdown.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void readsSeveralUrls() {
        var settings = RegistrySettings.from(Map.of("schema.registry.url", "http://a:1/, https://b:2/api/"));

        assertThat(settings.urls()).containsExactly(URI.create("http://a:1"), URI.create("https://b:2/api"));
    }

    @Test
    void readsAListAsConfluentsClientDoes() {
        assertThat(RegistrySettings.from(Map.of("schema.registry.url", List.of("http://a:1", "http://b:2")))
                        .urls())
                .hasSize(2);
    }

    @Test
    void saysHowToSetAMissingUrl() {
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("drawdown.kafka.schema-registry-url");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", "localhost:8081")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http://");
    }

    @Test
    void refusesAWayToAuthenticateThatItDoesNotKnow() {
        assertThatThrownBy(() -> RegistrySettings.from(
                        Map.of("schema.registry.url", "http://a:1", "basic.auth.credentials.source", "SASL_INHERIT")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("USER_INFO");
    }

    @Test
    void keepsCredentialsOutOfItsText() {
        var settings = RegistrySettings.from(Map.of("schema.registry.url", "http://alice:secret@a:1"));

        assertThat(settings.toString()).doesNotContain("secret").doesNotContain("Basic");
    }
}
