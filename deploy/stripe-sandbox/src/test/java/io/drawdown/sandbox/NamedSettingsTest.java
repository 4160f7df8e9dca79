package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.sandbox.engine.BillingSettings.GrantOrder;
import io.drawdown.sandbox.subscription.SubscriptionSettings.AfterLastRetry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSettingsTest {

    static SandboxSettings with(String name, String value) {
        return NamedSettings.changed(SandboxSettings.DEFAULT, Map.of(name, value));
    }

    @Test
    void changeOneAndLeaveTheOthers() {
        var changed = with("meters.processingDelay", "PT3S");
        assertThat(changed.meters())
                .isEqualTo(SandboxSettings.DEFAULT.meters().withProcessingDelay(Duration.ofSeconds(3)));
        assertThat(changed.with(SandboxSettings.DEFAULT.meters())).isEqualTo(SandboxSettings.DEFAULT);
    }

    @Test
    void areOfEveryType() {
        assertThat(with("payments.fee.share", "0.01").payments().fee().share()).isEqualTo(new BigDecimal("0.01"));
        assertThat(with("payments.fee.fixed", "5").payments().fee().fixed()).isEqualTo(5);
        assertThat(with("webhooks.maxEndpoints", "2").webhooks().maxEndpoints()).isEqualTo(2);
        assertThat(with("meters.validatedAtOnce", "false").meters().validatedAtOnce())
                .isFalse();
        assertThat(with("subscriptions.retries", "PT1H,P1D").subscriptions().retries())
                .containsExactly(Duration.ofHours(1), Duration.ofDays(1));
        assertThat(with("subscriptions.retries", "").subscriptions().retries()).isEmpty();
        assertThat(with("billing.grantOrder", "sooner_expiry,priority")
                        .billing()
                        .grantOrder())
                .containsExactly(GrantOrder.SOONER_EXPIRY, GrantOrder.PRIORITY);
        assertThat(with("billing.rounding", "half_even").billing().rounding()).isEqualTo(RoundingMode.HALF_EVEN);
        assertThat(with("subscriptions.afterLastRetry", "mark_unpaid")
                        .subscriptions()
                        .afterLastRetry())
                .isEqualTo(AfterLastRetry.MARK_UNPAID);
    }

    @Test
    void canAllBeSetToWhatTheyAre() {
        assertThat(NamedSettings.changed(SandboxSettings.DEFAULT, NamedSettings.all(SandboxSettings.DEFAULT)))
                .isEqualTo(SandboxSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "meters.nonsense, 1, meters.processingDelay",
        "meters, 1, meters.processingDelay",
        "idempotency.v1, soon, idempotency",
        "meters.validatedAtOnce, perhaps, true or false",
        "idempotency.v1, PT-1S, negative",
        "webhooks.maxEndpoints, 0, at least one",
        "webhooks.retries, PT-1S, negative",
        "billing.rounding, unnecessary, in some way",
        "billing.grantOrder, nonsense, NONSENSE",
        "billing.grantOrder, 'priority,priority', once",
        "billing.unusedGrants, 0, at least one",
        "clocks.subscriptions, 0, at least one"
    })
    void thatMakeNoSenseAreRefused(String name, String value, String explanation) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(explanation);
    }
}
