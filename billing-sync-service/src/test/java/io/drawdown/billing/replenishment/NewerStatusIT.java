package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.NewerStripe;
import io.drawdown.billing.domain.Stage;
import io.drawdown.events.billing.ReplenishmentFailed;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A charge of which a newer Stripe says something that nobody here has heard of. */
@ExtendWith(OutputCaptureExtension.class)
class NewerStatusIT extends ReplenishmentPlatform {

    @Autowired
    NewerStripe newer;

    @Test
    void waitsWhileItsInvoiceHasAnUnknownStatus(CapturedOutput log) {
        var customer = customerWith("pm_card_visa");
        stripe.trouble("error-before", "POST", "/v1/invoices/*/finalize", 503, 1000);
        ask("45.00");
        awaitStage(Stage.ITEMIZED);
        var invoice = stripe.invoicesOf(customer).getFirst().getId();

        newer.says(invoice, "suspended");

        assertWaits("suspended", log);
        assertThat(stored().replenishment().stage()).isEqualTo(Stage.ITEMIZED);
        assertThat(stripe.invoicesOf(customer).getFirst().getStatus()).isEqualTo("draft");

        newer.saysNothingNew(invoice);
        retry();

        assertChargedOnce(customer, 4500);
        assertThat(stored().lastError()).isNull();
    }

    @Test
    void isNotPaidWhileItsPaymentHasAnUnknownStatus(CapturedOutput log) {
        var customer = customerWith("pm_card_visa");
        stripe.trouble("error-before", "POST", "/v1/invoices/*/pay", 503, 1000);
        ask("45.00");
        awaitStage(Stage.FINALIZED);
        var payment = Objects.requireNonNull(stored().replenishment().paymentId());

        newer.says(payment, "screening");

        assertWaits("screening", log);
        assertThat(stripe.chargesOf(customer)).isEmpty();

        newer.saysNothingNew(payment);
        retry();

        assertChargedOnce(customer, 4500);
    }

    @Test
    void isNotVoidedWhileItsInvoiceHasAnUnknownStatus(CapturedOutput log) {
        var customer = customerWith("pm_card_chargeCustomerFail");
        stripe.trouble("error-before", "POST", "/v1/invoices/*/void", 503, 1000);
        ask("45.00");
        awaitStage(Stage.VOIDING);
        var invoice = stripe.invoicesOf(customer).getFirst().getId();

        newer.says(invoice, "suspended");

        assertWaits("suspended", log);
        assertThat(stripe.invoicesOf(customer).getFirst().getStatus()).isEqualTo("open");

        newer.saysNothingNew(invoice);
        retry();

        assertThat(awaitFailure().getReason()).isEqualTo("declined");
    }

    /** Visibly, however often it is looked at, and said once. */
    private void assertWaits(String status, CapturedOutput log) {
        Awaitility.await().until(() -> String.valueOf(stored().lastError()).contains(status));
        stripe.endTroubles();
        awaitAnotherLook();
        awaitAnotherLook();
        as("billing")
                .get()
                .uri("/v1/sync")
                .exchange()
                .expectBody()
                .jsonPath("$.parked[?(@.id == '" + replenishment + "')].reason")
                .value(reason -> assertThat(String.valueOf(reason)).contains(status));
        assertThat(log.getAll().lines().filter(line -> line.contains(replenishment) && line.contains(status)))
                .singleElement()
                .asString()
                .contains("WARN");
        assertThat(published.all(
                        ReplenishmentFailed.class,
                        seen -> seen.getReplenishmentId().equals(replenishment)))
                .isEmpty();
    }

    private void awaitAnotherLook() {
        var last = stored().updatedAt();
        retry();
        Awaitility.await().until(() -> stored().updatedAt().isAfter(last));
    }

    private void retry() {
        as("billing")
                .post()
                .uri("/v1/sync/retries")
                .bodyValue(Map.of("kind", "replenishment", "id", replenishment))
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private StoredReplenishment stored() {
        return replenishments.find(replenishment).orElseThrow();
    }
}
