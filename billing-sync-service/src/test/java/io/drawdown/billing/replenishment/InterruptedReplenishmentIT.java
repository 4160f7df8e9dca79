package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.Stage;
import java.time.Duration;
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
