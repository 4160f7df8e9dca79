package io.drawdown.sandbox.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    final AtomicLong nanos = new AtomicLong();

    RateLimits limits(RateSettings settings) {
        return new RateLimits(settings, nanos::get);
    }

    @Test
    void grantsSoManyASecondAndMoreAsTimePasses() {
        var limits = limits(new RateSettings(2, 0, 0, 0, 0));
        assertThat(limits.exceeded("", "GET", "/v1/customers")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/invoices")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/prices")).contains("global-rate");
        nanos.addAndGet(500_000_000);
        assertThat(limits.exceeded("", "GET", "/v1/prices")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/prices")).contains("global-rate");
    }

    @Test
    void countsAnEndpointWhateverTheIdAndAccountsApart() {
        var limits = limits(new RateSettings(0, 1, 0, 0, 0));
        assertThat(limits.exceeded("", "GET", "/v1/customers/cus_A1")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/customers/cus_B2")).contains("endpoint-rate");
        assertThat(limits.exceeded("", "POST", "/v1/customers/cus_B2")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/payment_methods")).isEmpty();
        assertThat(limits.exceeded("acct_1", "GET", "/v1/customers/cus_A1")).isEmpty();
    }

    @Test
    void countsSearchesTogetherAndUsageApart() {
        var limits = limits(new RateSettings(0, 0, 1, 1, 0));
        assertThat(limits.exceeded("", "GET", "/v1/customers/search")).isEmpty();
        assertThat(limits.exceeded("", "GET", "/v1/invoices/search")).contains("endpoint-rate");
        assertThat(limits.exceeded("", "POST", "/v1/billing/meter_events")).isEmpty();
        assertThat(limits.exceeded("", "POST", "/v2/billing/meter_events")).contains("endpoint-rate");
    }

    @Test
    void countsChangesOfOnePaymentIntentByTheHour() {
        var limits = limits(new RateSettings(0, 0, 0, 0, 2));
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents/pi_A1")).isEmpty();
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents/pi_A1/confirm"))
                .isEmpty();
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents/pi_A1")).contains("resource-specific");
        assertThat(limits.exceeded("", "GET", "/v1/payment_intents/pi_A1")).isEmpty();
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents/pi_B2")).isEmpty();
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents")).isEmpty();
        nanos.addAndGet(1_800_000_000_000L);
        assertThat(limits.exceeded("", "POST", "/v1/payment_intents/pi_A1")).isEmpty();
    }

    @Test
    void isWithoutLimitUnlessToldOtherwise() {
        var limits = limits(RateSettings.OFF);
        for (int i = 0; i < 1000; i++) {
            assertThat(limits.exceeded("", "GET", "/v1/customers")).isEmpty();
        }
    }
}
