package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import io.drawdown.events.billing.CapturedPayment;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.ReplenishmentFailed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever breaks at whichever step: charged once, or voided and said so. */
class InterruptedReplenishmentIT extends ReplenishmentPlatform {

    private static final String INVOICES = "/v1/invoices";
    private static final String ITEMS = "/v1/invoiceitems";
    private static final String FINALIZE = "/v1/invoices/*/finalize";
    private static final String PAY = "/v1/invoices/*/pay";
    private static final String VOID = "/v1/invoices/*/void";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Charging charging;

    static Stream<Arguments> everyTroubleAtEveryStep() {
        return Stream.of(INVOICES, ITEMS, FINALIZE, PAY)
                .flatMap(step -> Stream.of(
                        Arguments.of("cut-after", 500, step),
                        Arguments.of("error-after", 500, step),
                        Arguments.of("cut-before", 500, step),
                        Arguments.of("error-before", 503, step),
                        Arguments.of("error-before", 429, step)));
    }

    @ParameterizedTest(name = "{0} {1} at {2}")
    @MethodSource("everyTroubleAtEveryStep")
    void chargesOnceThrough(String trouble, int status, String step) {
        var customer = customerWith("pm_card_visa");
        stripe.trouble(trouble, "POST", step, status, 2);

        ask("45.00");

        assertChargedOnce(customer, 4500);
    }

    /** What a kill -9 leaves behind: Stripe has acted, the transaction that would remember it is gone. */
    @ParameterizedTest(name = "killed at {0}")
    @MethodSource("everyStep")
    void chargesOnceWhenTheProcessDiesWhileStripeActs(String step) {
        var customer = customerWith("pm_card_visa");
        stripe.slowness("POST", step, 700);

        ask("45.00");
        cutTheTransactionThatWaitsForStripe();

        awaitStage(Stage.PAID);
        // The call that was cut off reaches Stripe late, when another worker has long gone on.
        Awaitility.await()
                .during(Duration.ofMillis(900))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertChargedOnce(customer, 4500));
    }

    static Stream<String> everyStep() {
        return Stream.of(INVOICES, ITEMS, FINALIZE, PAY);
    }

    /** A process that is frozen in a step holds the row, and whoever could go on passes it over: longer than Stripe may take, not for ever. */
    @Test
    void aStepThatSaysNothingForMinutesLosesItsTransaction() {
        var millis = jdbc.sql("select setting::int from pg_settings where name = 'idle_in_transaction_session_timeout'")
                .query(Integer.class)
                .single();
        assertThat(Duration.ofMillis(millis)).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(15));
    }

    @Test
    void endsFailedOnceAlthoughTheAnswerToTheVoidingIsLost() {
        var customer = customerWith("pm_card_chargeCustomerFail");
        stripe.trouble("cut-after", "POST", VOID, 500, 1);

        ask("45.00");

        assertThat(awaitFailure().getReason()).isEqualTo("declined");
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("void"));
    }

    @Test
    void voidsUnderAnotherKeyAfterARefusalThatTheFirstWouldRepeat() {
        customerWith("pm_card_chargeCustomerFail");
        // Stripe refuses a key that has served for something else, and will refuse it for a day.
        stripe.call(client -> client.v1()
                .customers()
                .create(
                        CustomerCreateParams.builder().setName("Other").build(),
                        RequestOptions.builder()
                                .setApiKey("sk_test_of_the_tests")
                                .setIdempotencyKey("replenishment:" + replenishment + ":void")
                                .build()));

        ask("45.00");

        assertThat(awaitFailure().getReason()).isEqualTo("declined");
        awaitStage(Stage.FAILED);
        assertThat(replenishments
                        .find(replenishment)
                        .orElseThrow()
                        .replenishment()
                        .keyGeneration())
                .isEqualTo(1);
    }

    @Test
    void putsTheLineBackUnderAnotherKeyWhenSomebodyRemovedIt() {
        var asked = Replenishment.requested(
                replenishment, "w", account, new Money(new BigDecimal("45.00"), "USD"), clock.instant());
        var drafted = charging.advance(asked.planned(customer(), ChargeLine.BARE_AMOUNT))
                .state();
        var itemized = charging.advance(drafted).state();
        stripe.removeLines(Objects.requireNonNull(itemized.invoiceId()));

        var missed = charging.advance(itemized);
        var restored = charging.advance(missed.state()).state();

        assertThat(missed.pause()).isPositive();
        assertThat(restored.keyGeneration()).isEqualTo(1);
        assertThat(charging.advance(restored).state().stage()).isEqualTo(Stage.FINALIZED);
    }

    @Test
    void countsAnInvoiceThatSomebodyPaysWhileItIsGivenUpAsPaid() {
        var customer = customerWith("pm_card_chargeCustomerFail");
        stripe.trouble("error-before", "POST", VOID, 503, 12);
        ask("45.00");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> replenishments
                        .find(replenishment)
                        .filter(stored -> stored.replenishment().isGivenUp())
                        .isPresent());

        var invoice = stripe.invoicesOf(customer).getFirst().getId();
        stripe.giveCard(customer, "pm_card_visa");
        stripe.call(client -> client.v1().invoices().pay(invoice));

        assertThat(awaitPaidInvoice().getInvoiceId()).isEqualTo(invoice);
        assertChargedOnce(customer, 4500);
    }

    /** Ours is on its way, and the customer's comes first. */
    @Test
    void isPaidOnceWhenTheCustomerIsFasterThanThePaymentThatIsOnItsWay() {
        var customer = customerWith("pm_card_visa");
        stripe.slowness("POST", PAY, 1_500);
        ask("45.00");
        var open = Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> stripe.invoicesOf(customer),
                        invoices -> invoices.stream()
                                .anyMatch(invoice -> invoice.getStatus().equals("open")));

        stripe.tryToPay(open.getFirst().getId());

        assertThat(awaitPaidInvoice().getPayments())
                .extracting(CapturedPayment::getAmount)
                .containsExactly("45.00");
        assertChargedOnce(customer, 4500);
    }

    @Test
    void failsWhenTheCardIsTakenAwayBeforeItIsCharged() {
        var customer = customerWith("pm_card_visa");
        stripe.trouble("error-before", "POST", PAY, 503, 1000);
        ask("45.00");
        awaitStage(Stage.FINALIZED);

        stripe.takeCards(customer);
        stripe.endTroubles();

        assertThat(awaitFailure().getReason()).isEqualTo("no-payment-method");
        assertThat(stripe.chargesOf(customer)).isEmpty();
        assertThat(stripe.invoicesOf(customer))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.getStatus()).isEqualTo("void"));
    }

    @Test
    void neverVoidsAnInvoiceThatSomebodyHasPaidAPartOf() {
        var customer = customerWith("pm_card_chargeCustomerFail");
        stripe.trouble("error-before", "POST", VOID, 503, 1000);
        ask("45.00");
        awaitStage(Stage.VOIDING);
        var invoice = stripe.invoicesOf(customer).getFirst().getId();

        stripe.payPart(invoice, customer, 2000);
        stripe.endTroubles();

        awaitStage(Stage.PARTLY_PAID);
        var partly = published.await(
                Invoice.class,
                seen -> seen.getInvoiceId().equals(invoice)
                        && seen.getAmountPaid().equals("20.00"));
        assertThat(partly.getStatus()).isEqualTo(InvoiceStatus.OPEN);
        assertThat(partly.getAmountRemaining()).isEqualTo("25.00");
        assertThat(partly.getPayments()).extracting(CapturedPayment::getAmount).containsExactly("20.00");
        assertThat(published.all(
                        ReplenishmentFailed.class,
                        seen -> seen.getReplenishmentId().equals(replenishment)))
                .isEmpty();

        stripe.giveCard(customer, "pm_card_visa");
        stripe.call(client -> client.v1().invoices().pay(invoice));

        assertThat(awaitPaidInvoice().getPayments())
                .extracting(CapturedPayment::getAmount)
                .containsExactlyInAnyOrder("20.00", "25.00");
        awaitStage(Stage.PAID);
    }

    @Test
    void isNotHeldUpByAnotherWhoseStepFailsUnexpectedly() {
        var broken = unique("rep");
        // Its time is up, but the table refuses to say so.
        jdbc.sql("alter table replenishment add constraint stuck check (replenishment_id <> '" + broken
                        + "' or stage = 'REQUESTED')")
                .update();
        jdbc.sql("""
                insert into replenishment (replenishment_id, wallet_id, account_id, amount, currency, stage,
                    requested_at, stored_at, updated_at, next_attempt_at)
                values (?, 'w', 'a', 45, 'USD', 'REQUESTED', 'epoch', 'epoch', 'epoch', 'epoch')""").params(broken).update();
        try {
            var customer = customerWith("pm_card_visa");
            ask("45.00");

            assertChargedOnce(customer, 4500);
            Awaitility.await()
                    .until(() -> replenishments
                            .find(broken)
                            .filter(stored -> stored.attempts() > 1 && stored.lastError() != null)
                            .isPresent());
        } finally {
            jdbc.sql("alter table replenishment drop constraint stuck").update();
            jdbc.sql("delete from replenishment where replenishment_id = ?")
                    .params(broken)
                    .update();
        }
    }

    private void cutTheTransactionThatWaitsForStripe() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jdbc.sql("""
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                        where datname = current_database() and state = 'idle in transaction'
                            and query like '%from replenishment where next_attempt_at%for update%'
                            and now() - state_change > interval '150 milliseconds'""").query(Long.class).single() > 0);
    }
}
