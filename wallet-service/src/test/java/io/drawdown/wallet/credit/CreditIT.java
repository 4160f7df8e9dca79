package io.drawdown.wallet.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class CreditIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final String further = "wal.x_" + account;
    final String creditPrice = Outside.unique("price");

    @Autowired
    private JdbcClient jdbc;

    private WalletClient wallet;

    @BeforeEach
    void name() {
        outside.account(account, "UTC");
        wallet = new WalletClient(billing, account);
    }

    @Test
    void opensTheWalletAndGrantsAnInvoiceOnceHoweverOftenItArrives() {
        outside.price(creditPrice, "1.00", "USD", true);
        var invoice = outside.paidInvoice(account, creditPrice, "100.00", "USD");
        for (int i = 0; i < 10; i++) {
            outside.publish(invoice);
        }
        var last = outside.paidInvoice(account, creditPrice, "1.00", "USD");
        outside.publish(last);
        settles("101");
        outside.publish(invoice);
        outside.publish(outside.paidInvoice(account, creditPrice, "1.00", "USD"));
        settles("102");
        assertThat(wallet.get("/v1/wallets/" + wallet.id() + "/grants").path("data"))
                .hasSize(3);
    }

    @Test
    void opensTheWalletInTheAccountsTimeZoneOnceThatIsKnown() {
        var late = Outside.unique("late");
        var lateWallet = new WalletClient(billing, late);
        outside.price(creditPrice, "1.00", "USD", true);
        outside.publish(outside.paidInvoice(late, creditPrice, "5.00", "USD"));
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("unknown-account"));

        outside.account(late, "Asia/Kathmandu");
        await().untilAsserted(() -> assertThat(parkedReasons()).isEmpty());
        assertThat(lateWallet.settled()).isEqualByComparingTo("5");
        assertThat(lateWallet.show().path("timeZone").asString()).isEqualTo("Asia/Kathmandu");
    }

    @Test
    void aDiscountedLineIsWorthItsSubtotalAndCostWhatWasPaid() {
        outside.price(creditPrice, "1.00", "USD", true);
        var line = new InvoiceLine(Outside.unique("il"), null, creditPrice, null, null, "100.00", "80.00");
        outside.publish(outside.invoice(account, InvoiceStatus.PAID, null, "USD", line));
        settles("100");
        var grant = wallet.get("/v1/wallets/" + wallet.id() + "/grants")
                .path("data")
                .get(0);
        assertThat(grant.path("costBasis").path("amount").asString()).isEqualTo("80.00");
        assertThat(grant.path("kind").asString()).isEqualTo("PAID");
    }

    @Test
    void onlyPaidInvoicesAndCreditPricesBringCredit() {
        var other = Outside.unique("price");
        outside.price(creditPrice, "1.00", "USD", true);
        outside.price(other, "9.00", "USD", false);
        wallet.open();
        outside.publish(outside.invoice(account, InvoiceStatus.OPEN, null, "USD", Outside.line(creditPrice, "7.00")));
        outside.publish(outside.invoice(
                account,
                InvoiceStatus.PAID,
                null,
                "USD",
                Outside.line(other, "9.00"),
                Outside.line(null, "8.00"),
                Outside.line(creditPrice, "2.00"),
                Outside.line(creditPrice, "-1.00")));
        settles("2");
        await().untilAsserted(() -> assertThat(parkedReasons()).isEmpty());
    }

    @Test
    void decidesAboutAnUnknownPriceWhenTheCatalogueHasIt() {
        outside.publish(outside.paidInvoice(account, creditPrice, "30.00", "USD"));
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("unknown-price"));
        outside.price(creditPrice, "1.00", "USD", true);
        await().ignoreExceptions().untilAsserted(() -> assertThat(find()).isEqualTo(1));
        settles("30");
        assertThat(parkedReasons()).isEmpty();
    }

    @Test
    void aParkedLineThatCannotBeReadHoldsUpNoOther() {
        var invoices = Stream.of("5.00", "5.00")
                .map(amount -> outside.paidInvoice(account, creditPrice, amount, "USD"))
                .sorted(Comparator.comparing(Invoice::getInvoiceId))
                .toList();
        invoices.forEach(outside::publish);
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("unknown-price", "unknown-price"));
        var broken = invoices.getFirst().getInvoiceId();
        jdbc.sql("update parked_credit set subtotal = 'five' where invoice_id = ?")
                .param(broken)
                .update();

        outside.price(creditPrice, "1.00", "USD", true);
        settles("5");
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("failed"));
        jdbc.sql("update parked_credit set subtotal = '5' where invoice_id = ?")
                .param(broken)
                .update();
        outside.price(
                Outside.unique("price"), "1.00", "USD", true); // A change, on which all that is parked is tried again.
        settles("10");
        await().untilAsserted(() -> assertThat(parkedReasons()).isEmpty());
    }

    @Test
    void parksCreditThatNamesNoAccountUntilTheInvoiceDoes() {
        outside.price(creditPrice, "1.00", "USD", true);
        var invoice = outside.invoice(null, InvoiceStatus.PAID, null, "USD", Outside.line(creditPrice, "5.00"));
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("no-account"));
        invoice.setAccountId(account);
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(find()).isEqualTo(1));
        settles("5");
        assertThat(parkedReasons()).isEmpty();
    }

    @Test
    void parksCreditInAnotherCurrencyThanTheWallets() {
        outside.price(creditPrice, "1.00", "EUR", true);
        wallet.open();
        outside.publish(outside.paidInvoice(account, creditPrice, "5.00", "EUR"));
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("currency-mismatch"));
        assertThat(wallet.settled()).isZero();
    }

    /** In the main wallet it would be spent on other things, and come a second time when the invoice is told again. */
    @Test
    void waitsForTheFurtherWalletThatAnInvoiceNames() {
        outside.price(creditPrice, "1.00", "USD", true);
        wallet.open();
        var invoice = outside.paidInvoice(account, creditPrice, "50.00", "USD");
        invoice.setWalletId(further);
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("unknown-wallet"));
        assertThat(wallet.get("/v1/parked-credit?limit=1000").path("data").toString())
                .contains(invoice.getLines().getFirst().getLineId());
        assertThat(wallet.settled()).isZero();

        openFurther();
        await().untilAsserted(() -> assertThat(settled(further)).isEqualByComparingTo("50"));
        assertThat(parkedReasons()).isEmpty();
        invoice.setLines(List.of(invoice.getLines().getFirst(), Outside.line(creditPrice, "1.00")));
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(settled(further)).isEqualByComparingTo("51"));
        assertThat(wallet.settled()).isZero();
    }

    @Test
    void waitsForTheFurtherWalletThatAnInvoiceNamesLast() {
        outside.price(creditPrice, "1.00", "USD", true);
        wallet.open();
        var invoice = outside.paidInvoice(account, creditPrice, "50.00", "USD");
        invoice.setWalletId("wal.mistyped_" + account);
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(parkedReasons()).containsExactly("unknown-wallet"));
        invoice.setWalletId(further);
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(jdbc.sql("select wallet_id from parked_credit where price_id = ?")
                        .param(creditPrice)
                        .query(String.class)
                        .single())
                .isEqualTo(further));

        openFurther();
        await().untilAsserted(() -> assertThat(settled(further)).isEqualByComparingTo("50"));
    }

    /** It ends the top-up that it charged all the same. */
    @Test
    void anInvoiceThatNamesAnotherWalletLaterCreditsNoneAgain() {
        wallet.open();
        openFurther();
        post("/v1/wallets/" + further + "/top-ups", "{\"amount\":\"50\"}");
        var toppedUp = outside.invoice(
                account, InvoiceStatus.PAID, "rpl.x_" + account + "_1", "USD", Outside.line(null, "50.00"));
        outside.publish(toppedUp);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("50"));
        assertThat(pending(further)).isTrue();

        toppedUp.setWalletId(further);
        outside.publish(toppedUp);
        await().untilAsserted(() -> assertThat(pending(further)).isFalse());
        assertThat(settled(further)).isZero();
        assertThat(wallet.settled()).isEqualByComparingTo("50");
    }

    private void openFurther() {
        post("/v1/wallets", "{\"accountId\":\"%s\",\"name\":\"x\",\"currency\":\"USD\"}".formatted(account));
    }

    private void post(String path, String body) {
        billing.post()
                .uri(path)
                .header("Idempotency-Key", Outside.unique("key"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    private boolean pending(String id) {
        return wallet.get("/v1/wallets/" + id).has("pendingReplenishment");
    }

    private BigDecimal settled(String id) {
        return new BigDecimal(
                wallet.get("/v1/wallets/" + id).path("settled").path("amount").asString());
    }

    @Test
    void asksAgainOnlyAfterTheBackOffOfAFailure() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open("50", "200");
        outside.usage(account, meter, "1");
        await().untilAsserted(() -> assertThat(wallet.pending()).isNotNull());
        var first = wallet.pending();
        fail(first);
        await().untilAsserted(() -> assertThat(wallet.pending()).isNull());
        assertThat(wallet.show().path("replenishment").path("failuresInRow").asInt())
                .isEqualTo(1);

        outside.usage(account, meter, "1");
        settles("-2");
        assertThat(wallet.pending()).as("within the back-off").isNull();

        advanceTime(Duration.ofMinutes(61));
        fail(first);
        outside.usage(account, meter, "1");
        await().untilAsserted(() -> assertThat(wallet.pending()).isNotNull().isNotEqualTo(first));
    }

    @Test
    void saysThatATopUpWaitsForItsCustomer() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open("50", "200");
        outside.usage(account, meter, "1");
        await().untilAsserted(() -> assertThat(wallet.pending()).isNotNull());
        var replenishment = wallet.pending();
        var wait = waiting(replenishment);
        outside.publish(wait);
        outside.publish(wait);
        await().untilAsserted(() ->
                assertThat(awaitingCustomer().path("until").asString()).isEqualTo("2026-11-21T10:00:00Z"));
        assertThat(awaitingCustomer().path("invoiceId").asString()).isEqualTo("in_waiting");

        wait.setEndedAt(Instant.parse("2026-11-20T11:00:00Z"));
        outside.publish(wait);
        fail(replenishment);
        await().untilAsserted(() -> assertThat(wallet.pending()).isNull());
        assertThat(wallet.ledger().findValuesAsString("type")).containsOnlyOnce("ReplenishActionRequired");
    }

    private ReplenishmentWaiting waiting(String replenishment) {
        return ReplenishmentWaiting.newBuilder()
                .setReplenishmentId(replenishment)
                .setWalletId(wallet.id())
                .setAccountId(account)
                .setInvoiceId("in_waiting")
                .setConfirmationUrl("https://stripe.test/confirm")
                .setReason("requires-action")
                .setSince(Instant.parse("2026-11-20T10:00:00Z"))
                .setUntil(Instant.parse("2026-11-21T10:00:00Z"))
                .build();
    }

    private JsonNode awaitingCustomer() {
        return wallet.show().path("pendingReplenishment").path("awaitingCustomer");
    }

    private void fail(String replenishment) {
        outside.publish(new ReplenishmentFailed(
                replenishment,
                wallet.id(),
                account,
                null,
                "declined",
                "card_declined",
                "The card was declined",
                Instant.parse("2026-11-20T10:00:00Z")));
    }

    private void settles(String balance) {
        await().untilAsserted(() -> {
            assertThat(find()).isEqualTo(1);
            assertThat(wallet.settled()).isEqualByComparingTo(balance);
        });
    }

    private int find() {
        return wallet.get("/v1/wallets?accountId=" + account).path("data").size();
    }

    private List<String> parkedReasons() {
        return jdbc.sql("select reason from parked_credit where price_id = ?")
                .param(creditPrice)
                .query(String.class)
                .list();
    }
}
