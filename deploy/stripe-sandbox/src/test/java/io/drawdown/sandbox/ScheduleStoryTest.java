package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.SubscriptionScheduleCancelParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleCreateParams.EndBehavior;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleStoryTest extends Subscribed {

    static final Instant FIRST_END = Instant.parse("2026-02-15T12:00:00Z");
    static final Instant SECOND_END = Instant.parse("2026-03-15T12:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);

    Customer customer;

    @BeforeEach
    void createCustomer() throws StripeException {
        customer = customerOn(clock, "pm_card_visa");
    }

    static SubscriptionScheduleCreateParams.Phase month(Price price) {
        return SubscriptionScheduleCreateParams.Phase.builder()
                .addItem(SubscriptionScheduleCreateParams.Phase.Item.builder()
                        .setPrice(price.getId())
                        .build())
                .build();
    }

    SubscriptionScheduleCreateParams.Builder from(long start, Price... prices) {
        var params = SubscriptionScheduleCreateParams.builder()
                .setCustomer(customer.getId())
                .setStartDate(start);
        for (Price price : prices) {
            params.addPhase(month(price));
        }
        return params;
    }

    SubscriptionSchedule schedule(SubscriptionScheduleCreateParams.Builder params) throws StripeException {
        return stripe.v1().subscriptionSchedules().create(params.build());
    }

    SubscriptionSchedule again(SubscriptionSchedule schedule) throws StripeException {
        return stripe.v1().subscriptionSchedules().retrieve(schedule.getId());
    }

    Subscription subscriptionOf(SubscriptionSchedule schedule) throws StripeException {
        return stripe.v1().subscriptions().retrieve(schedule.getSubscription());
    }

    @Test
    void goesFromPhaseToPhaseAndThenLetsTheSubscriptionGo() throws StripeException {
        var cheap = perMonth(1000);
        var schedule = schedule(from(start().getEpochSecond(), cheap, perMonth(3000)));
        assertThat(schedule.getStatus()).isEqualTo("active");
        assertThat(schedule.getCurrentPhase().getEndDate()).isEqualTo(FIRST_END.getEpochSecond());
        assertThat(schedule.getPhases()).hasSize(2);
        var subscription = subscriptionOf(schedule);
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getSchedule()).isEqualTo(schedule.getId());
        assertThat(latest(subscription).getStatus()).isEqualTo("draft");
        assertThat(eventTypesAfter("price.created"))
                .containsExactly("customer.subscription.created", "invoice.created", "subscription_schedule.created");
        advance(HOUR);
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(1000);
        advanceTo(FIRST_END.plus(HOUR));
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(3000);
        assertThat(eventTypes())
                .containsSubsequence(
                        "customer.subscription.updated",
                        "subscription_schedule.updated",
                        "customer.subscription.updated",
                        "invoice.created",
                        "invoice.paid")
                .doesNotContain("invoiceitem.created");
        advanceTo(SECOND_END.plus(HOUR));
        var released = again(schedule);
        assertThat(released.getStatus()).isEqualTo("released");
        assertThat(released.getReleasedSubscription()).isEqualTo(subscription.getId());
        assertThat(released.getSubscription()).isNull();
        assertThat(timesOf("subscription_schedule.expiring")).containsExactly(SECOND_END.minus(Duration.ofDays(7)));
        assertThat(timesOf("subscription_schedule.released")).containsExactly(SECOND_END);
        assertThat(again(subscription).getSchedule()).isNull();
        assertThat(again(subscription).getStatus()).isEqualTo("active");
        assertThat(invoices(subscription)).extracting(Invoice::getAmountPaid).containsExactly(3000L, 3000L, 1000L);
    }

    @Test
    void endsTheSubscriptionWithTheLastPhaseWhenAsked() throws StripeException {
        var schedule = schedule(from(start().getEpochSecond(), perMonth(1000)).setEndBehavior(EndBehavior.CANCEL));
        var subscription = subscriptionOf(schedule);
        assertThat(subscription.getCancelAt()).isEqualTo(FIRST_END.getEpochSecond());
        advanceTo(FIRST_END);
        assertThat(again(schedule).getStatus()).isEqualTo("completed");
        assertThat(again(subscription).getStatus()).isEqualTo("canceled");
        assertThat(invoices(subscription)).hasSize(1);
        assertThat(eventTypes())
                .containsSubsequence("subscription_schedule.completed", "customer.subscription.deleted")
                .doesNotContain("subscription_schedule.canceled", "invoice.upcoming");
    }

    @Test
    void beginsLater() throws StripeException {
        var later = start().plus(Duration.ofDays(3));
        var schedule = schedule(from(later.getEpochSecond(), perMonth(1000)));
        assertThat(schedule.getStatus()).isEqualTo("not_started");
        assertThat(schedule.getSubscription()).isNull();
        advanceTo(later.plus(HOUR));
        var begun = again(schedule);
        assertThat(begun.getStatus()).isEqualTo("active");
        assertThat(subscriptionOf(begun).getStartDate()).isEqualTo(later.getEpochSecond());
        assertThat(latest(subscriptionOf(begun)).getAmountPaid()).isEqualTo(1000);
    }

    @Test
    void billsUsageAtThePriceThatItWasUsedAt() throws StripeException {
        var first = metered("1");
        var second = meteredLike(first, "3");
        var schedule = schedule(from(start().getEpochSecond(), first, second));
        advance(HOUR);
        use(customer, "100");
        advanceTo(FIRST_END);
        use(customer, "10");
        advance(HOUR);
        assertThat(latest(subscriptionOf(schedule)).getAmountPaid()).isEqualTo(100);
        advanceTo(SECOND_END.plus(HOUR));
        assertThat(stripe.v1().invoices().list().getData().getFirst().getTotal())
                .isEqualTo(30);
    }

    @Test
    void takesOverASubscriptionAndChangesItLater() throws StripeException {
        var subscription = subscribe(to(customer, perMonth(1000)));
        var schedule = schedule(SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId()));
        assertThat(schedule.getStatus()).isEqualTo("active");
        assertThat(schedule.getPhases().getFirst().getStartDate()).isEqualTo(start().getEpochSecond());
        assertThat(schedule.getPhases().getFirst().getEndDate()).isEqualTo(FIRST_END.getEpochSecond());
        assertThatThrownBy(() -> stripe.v1()
                        .subscriptions()
                        .update(
                                subscription.getId(),
                                SubscriptionUpdateParams.builder()
                                        .setCancelAtPeriodEnd(true)
                                        .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("managed by the subscription schedule");
        var price = perMonth(4000).getId();
        var current = schedule.getPhases().getFirst();
        stripe.v1()
                .subscriptionSchedules()
                .update(
                        schedule.getId(),
                        SubscriptionScheduleUpdateParams.builder()
                                .addPhase(phase(current.getItems().getFirst().getPrice(), 1L)
                                        .setStartDate(current.getStartDate())
                                        .setEndDate(current.getEndDate())
                                        .build())
                                .addPhase(phase(price, 2L).build())
                                .build());
        assertThat(again(subscription).getItems().getData().getFirst().getQuantity())
                .isEqualTo(1);
        advanceTo(FIRST_END.plus(HOUR));
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(8000);
    }

    static SubscriptionScheduleUpdateParams.Phase.Builder phase(String price, long quantity) {
        return SubscriptionScheduleUpdateParams.Phase.builder()
                .addItem(SubscriptionScheduleUpdateParams.Phase.Item.builder()
                        .setPrice(price)
                        .setQuantity(quantity)
                        .build());
    }

    @Test
    void changesItsSubscriptionAtOnceWithTheCurrentPhase() throws StripeException {
        var price = perMonth(3100);
        var schedule = schedule(from(start().getEpochSecond(), price));
        advance(Duration.ofDays(10));
        stripe.v1()
                .subscriptionSchedules()
                .update(
                        schedule.getId(),
                        SubscriptionScheduleUpdateParams.builder()
                                .addPhase(phase(price.getId(), 2L)
                                        .setStartDate(start().getEpochSecond())
                                        .build())
                                .build());
        assertThat(subscriptionOf(schedule).getItems().getData().getFirst().getQuantity())
                .isEqualTo(2);
        advanceTo(FIRST_END.plus(HOUR));
        assertThat(stripe.v1().invoices().list().getData().getFirst().getTotal())
                .isEqualTo(6200 + 4200 - 2100); // The next month, and 21 of this one's 31 days for two instead of one.
    }

    @Test
    void isReleasedOrCanceledByHand() throws StripeException {
        var kept = schedule(from(start().getEpochSecond(), perMonth(1000)).setEndBehavior(EndBehavior.CANCEL));
        var subscription = subscriptionOf(kept);
        assertThat(stripe.v1().subscriptionSchedules().release(kept.getId()).getStatus())
                .isEqualTo("released");
        assertThat(again(subscription).getCancelAt()).isNull();
        var gone = schedule(from(start().getEpochSecond(), perMonth(1000)));
        var canceled = stripe.v1()
                .subscriptionSchedules()
                .cancel(
                        gone.getId(),
                        SubscriptionScheduleCancelParams.builder()
                                .setInvoiceNow(false)
                                .setProrate(false)
                                .build());
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(subscriptionOf(gone).getStatus()).isEqualTo("canceled");
        assertThat(eventTypes())
                .endsWith("subscription_schedule.canceled", "customer.subscription.deleted", "invoice.updated");
        assertThatThrownBy(() -> stripe.v1().subscriptionSchedules().release(gone.getId()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("`canceled`");
    }

    @Test
    void endsWithItsSubscription() throws StripeException {
        var schedule = schedule(from(start().getEpochSecond(), perMonth(1000)));
        stripe.v1().subscriptions().cancel(schedule.getSubscription());
        assertThat(again(schedule).getStatus()).isEqualTo("canceled");
    }

    @Test
    void letsTheSubscriptionGoWhenAPhaseCannotBegin() throws StripeException {
        var archived = perMonth(3000);
        var schedule = schedule(from(start().getEpochSecond(), perMonth(1000), archived));
        stripe.v1()
                .prices()
                .update(
                        archived.getId(),
                        PriceUpdateParams.builder().setActive(false).build());
        advanceTo(FIRST_END.plus(HOUR));
        assertThat(again(schedule).getStatus()).isEqualTo("released");
        var subscription = stripe.v1().subscriptions().retrieve(again(schedule).getReleasedSubscription());
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(1000);
    }

    @Test
    void refusesWhatMakesNoSense() throws StripeException {
        var price = perMonth(1000);
        long now = start().getEpochSecond();
        assertThatThrownBy(() -> schedule(from(now))).hasMessageContaining("1 to 10 phases");
        assertThatThrownBy(() -> schedule(from(now - 90 * 86_400L, price))).hasMessageContaining("in the future");
        assertThatThrownBy(() -> schedule(from(now, once(5)))).hasMessageContaining("type=recurring");
        assertThatThrownBy(() -> schedule(from(999_999_999_999L, price))).hasMessageContaining("9999");
        var subscription = subscribe(to(customer, price));
        var takingOver = SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId());
        assertThatThrownBy(() -> schedule(takingOver.setEndBehavior(EndBehavior.CANCEL)))
                .hasMessageContaining("end_behavior");
        schedule(SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId()));
        assertThatThrownBy(() ->
                        schedule(SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId())))
                .hasMessageContaining("already attached");
    }
}
