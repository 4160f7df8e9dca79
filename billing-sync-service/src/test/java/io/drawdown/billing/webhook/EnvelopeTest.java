package io.drawdown.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @Test
    void filesAnEventUnderItsObject() {
        var envelope = parse("""
                {"id":"evt_1","object":"event","type":"invoice.paid","created":1,"livemode":false,
                 "api_version":"2026-07-29.dahlia","data":{"object":{"id":"in_1","object":"invoice"}}}""").orElseThrow();

        assertThat(envelope.objectId()).isEqualTo("in_1");
        assertThat(envelope.createdAt()).hasToString("1970-01-01T00:00:01Z");
    }

    @Test
    void filesAThinEventUnderWhatItIsRelatedTo() {
        var envelope = parse("""
                {"id":"evt_1","object":"v2.core.event","type":"v1.billing.meter.error_report_triggered",
                 "created":"2026-11-02T10:00:00.000Z","livemode":false,"related_object":{"id":"mtr_1"}}""").orElseThrow();

        assertThat(envelope.objectId()).isEqualTo("mtr_1");
        assertThat(envelope.data()).isNull();
    }

    @Test
    void filesAnEventAboutSomethingWithoutIdUnderItself() {
        var envelope = parse("""
                {"id":"evt_1","type":"invoice.upcoming","created":1,"livemode":false,
                 "data":{"object":{"object":"invoice"}}}""").orElseThrow();

        assertThat(envelope.objectId()).isEqualTo("evt_1");
        assertThat(Hints.about(envelope.data())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{}", "{\"id\":1,\"type\":\"x\",\"created\":1}"})
    void takesNothingElseForAnEvent(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "customer, id, CUSTOMER",
        "product, id, PRODUCT",
        "price, id, PRICE",
        "billing.meter, id, METER",
        "invoice, id, INVOICE",
        "invoiceitem, invoice, INVOICE",
        "invoice_payment, invoice, INVOICE",
        "payment_intent, id, PAYMENT",
        "charge, payment_intent, PAYMENT",
        "payment_method, customer, CUSTOMER"
    })
    void takesAnEventAsAHintAboutTheObjectItConcerns(String object, String field, ObjectKind kind) {
        var data = parse("""
                {"id":"evt_1","type":"x","created":1,"data":{"object":{"object":"%s","%s":"x_1"}}}""".formatted(object, field)).orElseThrow().data();

        assertThat(Hints.about(data)).contains(new ObjectRef(kind, "x_1"));
    }

    private static Optional<Envelope> parse(String body) {
        return Envelope.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
