package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceUpdateParams;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PricingScheme;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReplenishmentIT extends ReplenishmentPlatform {

    @Autowired
    CreditPrices prices;

    @Autowired
    JdbcClient jdbc;

    @Test
    void chargesOnceAndPublishesThePaidInvoice() {
        var customer = customerWith("pm_card_visa");

        ask("45.00");

        var paid = awaitPaidInvoice();
        assertThat(paid.getAccountId()).isEqualTo(account);
        assertThat(paid.getWalletId()).isEqualTo("wallet-of-" + account);
        assertThat(paid.getLines())
                .singleElement()
                .satisfies(line -> assertThat(line.getSubtotal()).isEqualTo("45.00"));
        assertChargedOnce(customer, 4500);
    }

    @Test
    void publishesThePaidInvoiceAlthoughEveryWebhookIsLost() {
        var customer = customerWith("pm_card_visa");
        stripe.loseWebhooks();

        ask("45.00");

        awaitPaidInvoice();
        assertChargedOnce(customer, 4500);
    }

    @Test
    void makesOneInvoiceHoweverOftenTheRequestIsRepeated() {
        var customer = customerWith("pm_card_visa");

        ask("45.00");
        ask("45.00");
        awaitPaidInvoice();
        ask("45.00");

        assertChargedOnce(customer, 4500);
    }

    @Test
    void chargesByTheCreditPriceOfTheCurrencyWhenItFits() {
        var customer = customerWith("pm_card_visa");
        var price = creditPrice("EUR", 500);

        ask("45.00", "EUR");

        assertThat(awaitPaidInvoice().getLines()).singleElement().satisfies(line -> {
            assertThat(line.getPriceId()).isEqualTo(price);
            assertThat(line.getQuantity()).isEqualTo("9");
            assertThat(line.getAmount()).isEqualTo("45.00");
        });
        assertChargedOnce(customer, 4500);
    }

    @Test
    void chargesTheBareAmountWhenThePriceWasWithdrawnInStripe() {
        var customer = customerWith("pm_card_visa");
        var price = creditPrice("CHF", 500);
        stripe.call(client -> client.v1()
                .prices()
                .update(price, PriceUpdateParams.builder().setActive(false).build()));

        ask("45.00", "CHF");

        assertThat(awaitPaidInvoice().getLines())
                .singleElement()
                .satisfies(line -> assertThat(line.getAmount()).isEqualTo("45.00"));
        assertChargedOnce(customer, 4500);
    }

    @Test
    void voidsTheInvoiceAndTellsWhyWhenTheCardIsRefused() {
        var customer = customerWith("pm_card_chargeCustomerFail");

        ask("45.00");

        var failed = awaitFailure();
        assertThat(failed.getReason()).isEqualTo("declined");
        assertThat(failed.getCode()).isEqualTo("generic_decline");
        assertThat(failed.getWalletId()).isEqualTo("wallet-of-" + account);
        assertThat(failed.getAccountId()).isEqualTo(account);
        assertThat(stripe.invoicesOf(customer)).singleElement().satisfies(invoice -> {
            assertThat(invoice.getId()).isEqualTo(failed.getInvoiceId());
            assertThat(invoice.getStatus()).isEqualTo("void");
        });
        published.await(
                Invoice.class,
                seen -> seen.getInvoiceId().equals(failed.getInvoiceId()) && seen.getStatus() == InvoiceStatus.VOID);
        awaitStage(Stage.FAILED);
    }

    /** A bank says yes at first and no two seconds later. */
    @Test
    void isNeitherPaidNorFailedUntilTheBankHasSpokenAndFailsWhenThatIsANo() {
        var customer = customerWith("pm_usBankAccount_insufficientFunds");

        ask("45.00");

        awaitStage(Stage.PROCESSING);
        assertThat(published.all(
                        ReplenishmentFailed.class,
                        seen -> seen.getReplenishmentId().equals(replenishment)))
                .isEmpty();
        var failed = awaitFailure();
        assertThat(failed.getReason()).isEqualTo("declined");
        awaitStage(Stage.FAILED);
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("void"));
        assertThat(published.all(
                        Invoice.class,
                        seen -> replenishment.equals(seen.getReplenishmentId())
                                && seen.getStatus() == InvoiceStatus.PAID))
                .isEmpty();
    }

    @Test
    void waitsForTheCustomerAndIsPaidOnceWhenTheCustomerPays() {
        var customer = customerWith("pm_card_authenticationRequired");

        ask("45.00");

        var waiting = awaitWaiting();
        assertThat(waiting.getWalletId()).isEqualTo("wallet-of-" + account);
        assertThat(waiting.getUntil()).isAfter(waiting.getSince());
        assertThat(waiting.getEndedAt()).isNull();
        awaitStage(Stage.AWAITING_CUSTOMER);
        as("billing")
                .get()
                .uri("/v1/replenishments/{id}", replenishment)
                .exchange()
                .expectBody()
                .jsonPath("$.stage")
                .isEqualTo("AWAITING_CUSTOMER")
                .jsonPath("$.failure.reason")
                .isEqualTo("requires-action")
                .jsonPath("$.customerWait.until")
                .exists();
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("open"));

        stripe.giveCard(customer, "pm_card_visa");
        stripe.call(client -> client.v1().invoices().pay(waiting.getInvoiceId()));

        assertThat(awaitPaidInvoice().getInvoiceId()).isEqualTo(waiting.getInvoiceId());
        assertChargedOnce(customer, 4500);
        var ended = published.await(
                ReplenishmentWaiting.class,
                seen -> seen.getReplenishmentId().equals(replenishment) && seen.getEndedAt() != null);
        assertThat(ended.getSince()).isEqualTo(waiting.getSince());
    }

    @Test
    void isPaidOnceWhenTheCustomerConfirmsAtASecondAttempt() {
        var customer = customerWith("pm_card_authenticationRequired");
        ask("45.00");
        var waiting = awaitWaiting();
        assertThat(waiting.getConfirmationUrl()).startsWith("https://");
        var payment = awaitPayment(waiting.getInvoiceId(), "requires_action");

        stripe.authenticate(payment, false);
        awaitPayment(waiting.getInvoiceId(), "requires_payment_method");
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("open"));
        confirm(payment, "pm_card_authenticationRequired");
        stripe.authenticate(payment, true);

        awaitPaidInvoice();
        assertChargedOnce(customer, 4500);
    }

    private String awaitPayment(String invoice, String status) {
        return published
                .await(Payment.class, seen -> invoice.equals(seen.getInvoiceId()) && status.equals(seen.getStatus()))
                .getPaymentId();
    }

    private static void confirm(String payment, String card) {
        stripe.call(client -> client.v1()
                .paymentIntents()
                .confirm(
                        payment,
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(card)
                                .build()));
    }

    @Test
    void givesUpWhenTheCustomerNeverConfirms() {
        var customer = customerWith("pm_card_authenticationRequired");
        ask("45.00");
        awaitWaiting();
        awaitStage(Stage.AWAITING_CUSTOMER);

        jdbc.sql("update replenishment set waits_until = now() where replenishment_id = ?")
                .params(replenishment)
                .update();

        var failed = awaitFailure();
        assertThat(failed.getReason()).isEqualTo("requires-action");
        assertThat(failed.getCode()).isEqualTo("authentication_required");
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("void"));
        assertThat(stripe.chargesOf(customer)).noneMatch(Charge::getPaid);
    }

    @Test
    void failsWhenSomebodyVoidsTheInvoiceThatWaitsForTheCustomer() {
        customerWith("pm_card_authenticationRequired");
        ask("45.00");
        var waiting = awaitWaiting();

        stripe.call(client -> client.v1().invoices().voidInvoice(waiting.getInvoiceId()));

        assertThat(awaitFailure().getReason()).isEqualTo("requires-action");
    }

    private ReplenishmentWaiting awaitWaiting() {
        return published.await(
                ReplenishmentWaiting.class, seen -> seen.getReplenishmentId().equals(replenishment));
    }

    @Test
    void chargesTheSuccessorOfADeletedCustomer() {
        var former = customer();
        stripe.loseWebhooks();
        stripe.call(client -> client.v1().customers().delete(former));

        ask("45.00");

        // The successor has no card; that the charge looked at it is the point.
        assertThat(awaitFailure().getReason()).isEqualTo("no-payment-method");
    }

    @Test
    void leavesWhatANewerVersionStoredAndShowsIt() {
        var newer = unique("rep");
        jdbc.sql("""
                insert into replenishment (replenishment_id, wallet_id, account_id, amount, currency, stage,
                    requested_at, stored_at, updated_at, next_attempt_at)
                values (?, 'w', 'a', 45, 'USD', 'HAGGLING', 'epoch', 'epoch', 'epoch', 'epoch')""").params(newer).update();
        try {
            var customer = customerWith("pm_card_visa");
            ask("45.00");

            assertChargedOnce(customer, 4500);
            as("billing")
                    .get()
                    .uri("/v1/sync")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.unreadable.waiting")
                    .isEqualTo(1)
                    .jsonPath("$.replenishmentsByStage[?(@.stage == 'HAGGLING')].waiting")
                    .isEqualTo(1)
                    .jsonPath("$.parked[?(@.id == '" + newer + "')].reason")
                    .isEqualTo("Stage HAGGLING is of a newer version; an instance of that version goes on with it.");
            as("billing")
                    .get()
                    .uri("/v1/replenishments/{id}", newer)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.stage")
                    .isEqualTo("UNKNOWN");
        } finally {
            jdbc.sql("delete from replenishment where replenishment_id = ?")
                    .params(newer)
                    .update();
        }
    }

    @Test
    void makesNoInvoiceForACustomerWithoutAPaymentMethod() {
        var customer = customer();

        ask("45.00");

        assertThat(awaitFailure().getReason()).isEqualTo("no-payment-method");
        assertThat(stripe.invoicesOf(customer)).isEmpty();
    }

    @Test
    void givesUpWhenTheAccountNeverGetsACustomer() {
        ask("45.00");

        assertThat(awaitFailure().getReason()).isEqualTo("no-customer");
    }

    @Test
    void waitsForACustomerThatIsStillBeingMade() {
        ask("45.00");

        var customer = customer();

        // No card yet: the point is that the request was not lost while there was no customer.
        assertThat(awaitFailure().getReason()).isEqualTo("no-payment-method");
        assertThat(stripe.invoicesOf(customer)).isEmpty();
    }

    @Test
    void waitsAsLongForACustomerWhenTheRequestCameLate() {
        replenishments.add(askedAnHourAgo(), clock.instant());

        var customer = customer();

        assertThat(awaitFailure().getReason()).isEqualTo("no-payment-method");
        assertThat(stripe.invoicesOf(customer)).isEmpty();
    }

    private Replenishment askedAnHourAgo() {
        var amount = new io.drawdown.billing.domain.Money(new BigDecimal("45.00"), "USD");
        var asked = clock.instant().minus(Duration.ofHours(1));
        return Replenishment.requested(replenishment, "wallet-of-" + account, account, amount, asked);
    }

    @Test
    void refusesAnAmountThatCannotBeChargedExactly() {
        customerWith("pm_card_visa");

        ask("45.005");

        var failed = awaitFailure();
        assertThat(failed.getReason()).isEqualTo("rejected");
        assertThat(failed.getDetail()).contains("45.005 USD");
    }

    @Test
    void showsHowAReplenishmentStandsToBillingOnly() {
        customerWith("pm_card_visa");
        ask("45.00");
        awaitStage(Stage.PAID);

        as("billing")
                .get()
                .uri("/v1/replenishments/{id}", replenishment)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.stage")
                .isEqualTo("PAID")
                .jsonPath("$.amount.amount")
                .isEqualTo("45.00")
                .jsonPath("$.amount.currency")
                .isEqualTo("USD");
        as("billing")
                .get()
                .uri("/v1/replenishments?accountId={account}&limit=1", account)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(1);
        as("sales").get().uri("/v1/replenishments").exchange().expectStatus().isForbidden();
        http().get().uri("/v1/sync").exchange().expectStatus().isUnauthorized();
        as("billing")
                .get()
                .uri("/v1/replenishments/unheard-of")
                .exchange()
                .expectStatus()
                .isNotFound();
        as("billing")
                .get()
                .uri("/v1/replenishments?limit=0")
                .exchange()
                .expectStatus()
                .isBadRequest();
        assertThat(published.all(
                        ReplenishmentFailed.class,
                        seen -> seen.getReplenishmentId().equals(replenishment)))
                .isEmpty();
    }

    private String creditPrice(String currency, long minor) {
        var price = stripe.call(client -> client.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency(currency.toLowerCase(Locale.ROOT))
                        .setUnitAmount(minor)
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Credits")
                                .build())
                        .build()));
        published.send(
                Topic.CATALOG_PRICES,
                price.getId(),
                Price.newBuilder()
                        .setPriceId(price.getId())
                        .setProductId(price.getProduct())
                        .setKind(PriceKind.ONE_OFF)
                        .setScheme(PricingScheme.PER_UNIT)
                        .setUnitAmount(new Money("5.00", currency))
                        .setCurrency(currency)
                        .setCreditGrant(true)
                        .setActive(true)
                        .setUpdatedAt(clock.instant())
                        .build());
        awaitPrice(price.getId());
        return price.getId();
    }

    private void awaitPrice(String price) {
        Awaitility.await()
                .until(() -> prices.sellable().stream()
                        .anyMatch(each -> each.priceId().equals(price)));
    }
}
