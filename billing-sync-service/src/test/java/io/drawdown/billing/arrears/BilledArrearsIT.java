package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage in arrears of a week that Stripe has billed. */
class BilledArrearsIT extends ArrearsPlatform {

    /** Longer than any value that Stripe takes: it refuses to list the invoices of it. */
    private static final String REFUSED_CUSTOMER = "c".repeat(5_001);

    private final String others = unique("acc");
    private String meter;
    private String testClock;
    private String stripeCustomer;
    private Instant used;

    @BeforeEach
    void subscribed() {
        meter = meter(Aggregation.SUM, Formula.SUM);
        used = hour.minus(Duration.ofDays(2));
        testClock = startClock(hour.minus(Duration.ofDays(8)));
        stripeCustomer = customerOnClock();
        subscribe();
        publishAccount(account, "Acme", stripeCustomer, AccountStatus.ACTIVE);
        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }

    @Test
    void aCorrectionIsNotLostInAnInvoiceThatIsFinal() {
        advanceTo(hour.minus(Duration.ofHours(25)));
        var usage = use(meter, "5", used);
        leave(1, usage);
        await(() -> only().state() == State.SENT);
        correct(2, usage, new LeftMeasure("5", used), 1, new LeftMeasure("4", used));
        await(() -> last().state() == State.SENT);
        advanceTo(hour);

        correct(3, usage, new LeftMeasure("4", used), 2, null);
        await(() -> last().state() == State.REFUSED);
        assertThat(last().lastError()).contains(finalInvoice()).contains("settle the difference by hand");
        assertThat(last().quantity()).isEqualByComparingTo("-4");
    }

    @Test
    void usageThatComesTooLateForItsInvoiceSaysSo() {
        advanceTo(hour);
        leave(1, use(meter, "5", used), use(meter, "6", hour));
        await(() -> sent().stream().anyMatch(event -> event.state() == State.REFUSED));
        await(() -> sent().stream().anyMatch(event -> event.state() == State.SENT));
        assertThat(sent())
                .filteredOn(event -> event.state() == State.REFUSED)
                .singleElement()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(used));
    }

    @Test
    void whatMayHaveArrivedIsNotSentAgainOnceItsInvoiceIsFinal() {
        advanceTo(hour.minus(Duration.ofHours(25)));
        stripe.trouble("error-before", "POST", "/v1/billing/meter_events", 500, 1_000);
        leave(1, use(meter, "5", used));
        await(() -> only().state() == State.SENDING && only().attempts() > 0);
        advanceTo(hour);
        stripe.endTroubles();

        await(() -> only().state() != State.SENDING);
        assertThat(only().state()).isEqualTo(State.UNCERTAIN);
        assertThat(only().lastError()).contains("Stripe may have it").contains(finalInvoice());
        post("/v1/meter-events/" + only().id() + "/resend").expectStatus().isOk();
        await(() -> only().state() == State.REFUSED);
        assertThat(only().lastError()).contains(finalInvoice());
    }

    @Test
    void whatStripeCountsIsStillToBeCancelledWhenItRefusesToListInvoices() {
        meter = meter(Aggregation.COUNT, Formula.COUNT);
        subscribe();
        advanceTo(hour.minus(Duration.ofHours(25)));
        var usage = use(meter, "1", used);
        leave(1, usage);
        await(() -> only().state() == State.SENT);
        goesTo(REFUSED_CUSTOMER);
        correct(2, usage, new LeftMeasure("1", used), 1, null);
        await(() -> only().lastError() != null && only().lastError().contains("answered 400"));
        assertThat(only().state()).isEqualTo(State.CANCELLING);
        goesTo(stripeCustomer);
        await(() -> only().state() == State.CANCELLED);
    }

    @Test
    void whatCannotBeCancelledAnyMoreIsForSomebodyToSettleWhenStripeStillRefusesToListInvoices() {
        meter = meter(Aggregation.COUNT, Formula.COUNT);
        subscribe();
        advanceTo(hour.minus(Duration.ofHours(25)));
        var usage = use(meter, "1", used);
        leave(1, usage);
        await(() -> only().state() == State.SENT);
        goesTo(REFUSED_CUSTOMER);
        correct(2, usage, new LeftMeasure("1", used), 1, new LeftMeasure("1", hour));
        await(() -> only().attempts() > 1);
        assertThat(only().state()).isEqualTo(State.CANCELLING);
        assertThat(last().state()).isEqualTo(State.WAITING);
        var stoppedBefore = stopped();

        aDayPasses();

        await(() -> only().state() == State.IRREVOCABLE);
        assertThat(only().lastError()).contains("answered 400").contains("compare its totals");
        await(() -> last().state() == State.REFUSED);
        assertThat(last().lastError()).contains("cannot be taken back");
        assertThat(stopped()).isEqualTo(stoppedBefore + 2);
        as("billing")
                .post()
                .uri("/v1/meter-events/" + only().id() + "/settle")
                .bodyValue(Map.of("reason", "credit note cn_1"))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(only().state()).isEqualTo(State.SETTLED);
    }

    private long stopped() {
        return show("/v1/sync").path("meterEventsStopped").path("waiting").asLong();
    }

    /** Since its usage was sent, and since it was corrected. */
    private void aDayPasses() {
        jdbc.sql("""
                update meter_event set sending_since = sending_since - interval '1 day',
                    withdrawn_at = withdrawn_at - interval '1 day' where account_id = ?""").params(account).update();
    }

    @Test
    void whatIsCorrectedAfterTwoDaysIsStillTakenBackWhenStripeRefusesToListInvoicesForAWhile() {
        var usage = sentTwoDaysAgo();
        goesTo(REFUSED_CUSTOMER);
        correct(2, usage, new LeftMeasure("5", used), 1, new LeftMeasure("4", used));
        isTriedAgain("answered 400");
        goesTo(stripeCustomer);
        await(() -> only().state() == State.TAKEN_BACK);
        await(() -> countedWhenUsed().equals("4"));
    }

    @Test
    void whatIsCorrectedAfterTwoDaysIsStillTakenBackWhenStripeDoesNotKnowItsMeterForAWhile() {
        var usage = sentTwoDaysAgo();
        isOf("mtr_of_another_account");
        correct(2, usage, new LeftMeasure("5", used), 1, new LeftMeasure("4", used));
        isTriedAgain("does not know meter");
        isOf(meter);
        await(() -> only().state() == State.TAKEN_BACK);
        await(() -> countedWhenUsed().equals("4"));
    }

    /** By itself, to a meter that adds up in Stripe only. */
    private LeftUsage sentTwoDaysAgo() {
        meter = stripeMeter(Formula.SUM);
        subscribe();
        advanceTo(hour.minus(Duration.ofHours(25)));
        var usage = use(meter, "5", used);
        leave(1, usage);
        await(() -> only().state() == State.SENT);
        jdbc.sql("update meter_event set sending_since = sending_since - interval '2 days' where account_id = ?")
                .params(account)
                .update();
        return usage;
    }

    private void isTriedAgain(String reason) {
        await(() -> only().attempts() > 1 || only().state() == State.IRREVOCABLE);
        assertThat(only().state()).isEqualTo(State.CANCELLING);
        assertThat(only().lastError()).contains(reason);
        assertThat(last().state()).isEqualTo(State.WAITING);
    }

    private String countedWhenUsed() {
        var query = "/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, used, used.plus(Duration.ofHours(1)));
        return show(query).path("counted").asString();
    }

    private void isOf(String otherMeter) {
        jdbc.sql("update meter_event set meter_id = ? where account_id = ?")
                .params(otherMeter, account)
                .update();
    }

    @Test
    void whatStripeMayHaveIsNotRefusedWhenItRefusesToListInvoices() {
        advanceTo(hour.minus(Duration.ofHours(25)));
        stripe.trouble("error-after", "POST", "/v1/billing/meter_events", 500, 1_000);
        leave(1, use(meter, "5", used));
        await(() -> only().state() == State.SENDING && only().attempts() > 0);
        goesTo(REFUSED_CUSTOMER);
        await(() -> only().lastError() != null && only().lastError().contains("answered 400"));
        assertThat(only().state()).isEqualTo(State.SENDING);
        stripe.endTroubles();
        goesTo(stripeCustomer);
        await(() -> only().state() == State.SENT);
    }

    private void goesTo(String customer) {
        jdbc.sql("update meter_event set customer_id = ? where account_id = ?")
                .params(customer, account)
                .update();
    }

    @Test
    void noBacklogComesBetweenLookingAtInvoicesAndSending() {
        advanceTo(hour.minus(Duration.ofHours(25)));
        leaveAheadOf(100);
        await(() -> only().state() == State.SENT);
        await(() -> lastOfTheBacklog().state() == State.REFUSED);
        assertThat(updatedAt(only())).isBefore(updatedAt(lastOfTheBacklog()));
    }

    /** The account's meter event is due first; of those behind it each is too old for Stripe. */
    private void leaveAheadOf(int backlog) {
        jdbc.sql("""
                insert into meter_event (account_id, meter_id, hour, occurred_at, summed, quantity, usage_events, state, cause,
                    opened_at, updated_at, next_attempt_at)
                select case number when 0 then :account else :others end, :meter, :hour,
                    cast(:hour as timestamptz) - case number when 0 then 0 else 40 end * interval '1 day', false, 1, 1, 'WAITING',
                    :account || '-' || number, :hour, :hour, cast(:hour as timestamptz) + number * interval '1 second'
                from generate_series(0, :backlog) as number""")
                .param("account", account)
                .param("others", others)
                .param("meter", meter)
                .param("hour", Timestamp.from(used.truncatedTo(ChronoUnit.HOURS)))
                .param("backlog", backlog)
                .update();
    }

    private MeterEvent lastOfTheBacklog() {
        return events.list(others, null, 0, 1_000).getLast();
    }

    private Instant updatedAt(MeterEvent event) {
        return jdbc.sql("select updated_at from meter_event where meter_event_id = ?")
                .params(event.id())
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private String finalInvoice() {
        return stripe.invoicesOf(stripeCustomer).stream()
                .filter(invoice -> !"draft".equals(invoice.getStatus()))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private String startClock(Instant at) {
        return stripe.call(client -> client.v1()
                        .testHelpers()
                        .testClocks()
                        .create(TestClockCreateParams.builder()
                                .setFrozenTime(at.getEpochSecond())
                                .build()))
                .getId();
    }

    private void advanceTo(Instant to) {
        stripe.call(client -> client.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        testClock,
                        TestClockAdvanceParams.builder()
                                .setFrozenTime(to.getEpochSecond())
                                .build()));
        await(() -> stripe.call(client -> client.v1().testHelpers().testClocks().retrieve(testClock))
                .getStatus()
                .equals("ready"));
    }

    private String customerOnClock() {
        return stripe.call(client -> client.v1()
                        .customers()
                        .create(CustomerCreateParams.builder()
                                .setTestClock(testClock)
                                .setPaymentMethod("pm_card_visa")
                                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod("pm_card_visa")
                                        .build())
                                .build()))
                .getId();
    }

    private void subscribe() {
        var product = stripe.call(client -> client.v1()
                        .products()
                        .create(ProductCreateParams.builder().setName(meter).build()))
                .getId();
        var price = stripe.call(client -> client.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setProduct(product)
                                .setCurrency("usd")
                                .setUnitAmount(100L)
                                .setRecurring(PriceCreateParams.Recurring.builder()
                                        .setInterval(PriceCreateParams.Recurring.Interval.WEEK)
                                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                                        .setMeter(meter)
                                        .build())
                                .build()))
                .getId();
        stripe.call(client -> client.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(stripeCustomer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price)
                                .build())
                        .build()));
    }
}
