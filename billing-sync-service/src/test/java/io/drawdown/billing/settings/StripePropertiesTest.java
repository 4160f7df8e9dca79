package io.drawdown.billing.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class StripePropertiesTest {

    static final String STRIPE = "https://api.stripe.com";
    static final String SANDBOX = "http://127.0.0.1:7110";

    @Test
    void startsInTestModeAgainstTheSandboxOrStripe() {
        assertThatCode(() -> properties("sk_test_1", SANDBOX, false)).doesNotThrowAnyException();
        assertThatCode(() -> properties("rk_test_1", STRIPE, false)).doesNotThrowAnyException();
        assertThatCode(() -> properties("rk_live_1", STRIPE, true)).doesNotThrowAnyException();
    }

    @Test
    void refusesALiveKeyInTestModeAndTheReverse() {
        assertThatThrownBy(() -> properties("sk_live_1", STRIPE, false))
                .hasMessageContaining("no test key")
                .hasMessageContaining("livemode=false")
                .hasMessageNotContaining("sk_live_1");
        assertThatThrownBy(() -> properties("sk_test_1", STRIPE, true)).hasMessageContaining("no live key");
        assertThatThrownBy(() -> properties("pk_test_1", STRIPE, false)).hasMessageContaining("no test key");
    }

    @Test
    void refusesToSendALiveKeyAnywhereButToStripe() {
        assertThatThrownBy(() -> properties("sk_live_1", SANDBOX, true)).hasMessageContaining("api-base");
    }

    @Test
    void refusesToStartWithoutASigningSecret() {
        assertThatThrownBy(() -> properties("sk_test_1", STRIPE, false, List.of()))
                .hasMessageContaining("webhook-secret");
        assertThatThrownBy(() -> properties("sk_test_1", STRIPE, false, List.of("whsec_1", " ")))
                .hasMessageContaining("webhook-secret");
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(properties("sk_test_secret", STRIPE, false).toString())
                .doesNotContain("sk_test_secret")
                .doesNotContain("whsec");
    }

    @Test
    void isSetByTheEnvironmentAlone() {
        var environment = new SystemEnvironmentPropertySource(
                "systemEnvironment",
                Map.of(
                        "DRAWDOWN_STRIPE_API_KEY", "sk_test_1",
                        "DRAWDOWN_STRIPE_API_BASE", SANDBOX,
                        "DRAWDOWN_STRIPE_WEBHOOK_SECRET", "whsec_1,whsec_2"));

        var bound = new Binder(ConfigurationPropertySources.from(environment))
                .bind("drawdown.stripe", StripeProperties.class)
                .get();

        assertThat(bound.apiKey()).isEqualTo("sk_test_1");
        assertThat(bound.apiBase()).hasToString(SANDBOX);
        assertThat(bound.webhookSecret()).containsExactly("whsec_1", "whsec_2");
        assertThat(bound.livemode()).isFalse();
    }

    private static StripeProperties properties(String key, String base, boolean livemode) {
        return properties(key, base, livemode, List.of("whsec_1"));
    }

    private static StripeProperties properties(String key, String base, boolean livemode, List<String> secrets) {
        return new StripeProperties(
                key,
                URI.create(base),
                secrets,
                Duration.ofMinutes(5),
                livemode,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                20,
                200);
    }
}
