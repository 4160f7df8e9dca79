package io.drawdown.wallet.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Money;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.catalog.CreditTerms;
import io.drawdown.events.catalog.Rollover;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a price with terms, through a paid invoice, to credit that is as the terms say. */
class TermsIT extends WalletIntegrationTest {

    static final Instant OF_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");

    final String account = Outside.unique("acc");

    private WalletClient wallet;

    @BeforeEach
    void name() {
        outside.account(account, "UTC");
        wallet = new WalletClient(billing, account);
    }

    @Test
    void boughtCreditHasTheTermsThatWereInForceWhenItWasPaidFor() {
        var price = outside.creditPrice("USD", terms(OF_BEFORE).build(), tokensOnly(SINCE));
        outside.publish(invoice(price, null, SINCE));
        await().untilAsserted(() -> assertThat(grants()).hasSize(2));

        var bought = grants().get(0);
        assertThat(bought.path("priority").asInt()).isEqualTo(10);
        assertThat(bought.path("meterIds").get(0).asString()).isEqualTo("mtr_tokens");
        assertThat(lasts(bought)).isBetween(Duration.ofDays(28), Duration.ofDays(31));
        assertThat(bought.path("rollover").path("mostShare").asString()).isEqualTo("0.5");
        var bonus = grants().get(1);
        assertThat(bonus.path("bonusOf").asString())
                .isEqualTo(bought.path("grantId").asString());
        assertThat(bonus.path("kind").asString()).isEqualTo("PROMOTIONAL");
        assertThat(bonus.path("amount").path("amount").asString()).isEqualTo("5.00");
        assertThat(bonus.path("costBasis").path("amount").asString()).isEqualTo("0.00");

        outside.publish(invoice(price, null, SINCE.minusMillis(1)));
        await().untilAsserted(() -> assertThat(grants()).hasSize(3));
        assertThat(grants().get(2).path("expiresAt").isMissingNode()).isTrue();
    }

    @Test
    void whatIsLeftAtTheEndRollsOverAndARefundTakesCreditAndBonus() {
        var invoice = invoice(outside.creditPrice("USD", tokensOnly(SINCE)), null, SINCE);
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(grants()).hasSize(2));
        advanceTime(Duration.ofDays(31));
        await().untilAsserted(() -> assertThat(grants()).hasSize(4));
        assertThat(wallet.settled()).isEqualByComparingTo("52.5");
        assertThat(grants().get(2).path("rolledOverFrom").asString())
                .as("the bonus burns first and expires first")
                .isEqualTo(grants().get(1).path("grantId").asString());

        outside.publish(outside.refund(invoice, "100.00", ReversalState.TAKEN, SINCE));
        await().untilAsserted(() -> assertThat(wallet.settled()).isZero());
    }

    /** Whether the refund is heard of first or the payment. */
    @Test
    void aRefundThatIsHeardOfBeforeThePaymentTakesTheBonusToo() {
        var invoice = invoice(outside.creditPrice("USD", tokensOnly(SINCE)), null, SINCE);
        outside.publish(outside.refund(invoice, "50.00", ReversalState.TAKEN, SINCE));
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("52.5"));
    }

    /** It would be asked for again and again otherwise. */
    @Test
    void aTopUpIsForEverythingWhateverThePriceSays() {
        wallet.open("50", "100");
        askFor("100");
        var price = outside.creditPrice("USD", tokensOnly(SINCE));
        outside.publish(invoice(price, wallet.pending(), SINCE));
        await().untilAsserted(() -> assertThat(grants()).hasSize(2));
        assertThat(grants().get(0).path("meterIds").isMissingNode()).isTrue();
        assertThat(grants().get(0).path("expiresAt").isMissingNode()).isFalse();
        assertThat(wallet.pending()).isNull();
    }

    private void askFor(String amount) {
        billing.post()
                .uri("/v1/wallets/" + wallet.id() + "/top-ups")
                .header("Idempotency-Key", account)
                .bodyValue(Map.of("amount", amount))
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private static CreditTerms tokensOnly(Instant effectiveAt) {
        return terms(effectiveAt)
                .setValidFor("P1M")
                .setMeterIds(List.of("mtr_tokens"))
                .setPriority(10)
                .setBonusAmount(new Money("0.05", "USD"))
                .setRollover(new Rollover(null, "0.5", "P1M"))
                .build();
    }

    private static CreditTerms.Builder terms(Instant effectiveAt) {
        return CreditTerms.newBuilder().setEffectiveAt(effectiveAt);
    }

    private Invoice invoice(String price, @Nullable String replenishmentId, Instant paidAt) {
        var line = new InvoiceLine(Outside.unique("il"), null, price, null, "100", "100.00", "100.00");
        var invoice = outside.invoice(account, InvoiceStatus.PAID, replenishmentId, "USD", line);
        invoice.setPaidAt(paidAt);
        return invoice;
    }

    private JsonNode grants() {
        return wallet.get("/v1/wallets/" + wallet.id() + "/grants").path("data");
    }

    private static Duration lasts(JsonNode grant) {
        return Duration.between(
                Instant.parse(grant.path("effectiveAt").asString()),
                Instant.parse(grant.path("expiresAt").asString()));
    }
}
