package io.drawdown.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HintsTest {

    private static final String TOP_UP = "{\"drawdown_replenishment_id\":\"rep_1\"}";

    @Test
    void knowsATopUpThatWasPaid() {
        assertThat(Hints.isPaidTopUp("invoice.paid", invoice(TOP_UP))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"invoice.updated", "invoice.payment_failed", "invoice.payment_succeeded", "customer.updated"})
    void knowsWhatElseIsToldOfATopUp(String type) {
        assertThat(Hints.isPaidTopUp(type, invoice(TOP_UP))).isFalse();
    }

    @Test
    void knowsOtherPaidInvoices() {
        assertThat(Hints.isPaidTopUp("invoice.paid", invoice("{}"))).isFalse();
        assertThat(Hints.isPaidTopUp("invoice.paid", invoice("null"))).isFalse();
        assertThat(Hints.isPaidTopUp("invoice.paid", null)).isFalse();
    }

    private static JsonNode invoice(String metadata) {
        return JsonMapper.shared().readTree("{\"id\":\"in_1\",\"object\":\"invoice\",\"metadata\":" + metadata + "}");
    }
}
