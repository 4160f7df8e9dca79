package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A subscription of 31.00 a month in a period of 31 days: a dollar a day. */
class SubscriptionChangeTest extends Subscribed {

    Customer customer;
    Subscription subscription;

    @BeforeEach
    void subscribe() throws StripeException {
        customer = customerOn(clock, "pm_card_visa");
        subscription = subscribe(to(customer, perMonth(3100)));
    }

    String item() {
        return subscription.getItems().getData().getFirst().getId();
    }

    SubscriptionUpdateParams.Builder quantity(long quantity) {
        return SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(item())
                        .setQuantity(quantity)
                        .build());
    }

    Subscription update(SubscriptionUpdateParams.Builder params) throws StripeException {
        return stripe.v1().subscriptions().update(subscription.getId(), params.build());
    }

    List<Long> pendingAmounts() throws StripeException {
        return stripe
                .v1()
                .invoiceItems()
                .list(InvoiceItemListParams.builder()
                        .setCustomer(customer.getId())
                        .setPending(true)
                        .build())
                .getData()
                .reversed()
                .stream()
                .map(InvoiceItem::getAmount)
                .toList();
    }

    @Nested
    class Proration {

        @Test
        void isPendingUntilTheNextInvoice() throws StripeException {
            advance(Duration.ofDays(21));
            var changed = update(quantity(3));
            assertThat(changed.getItems().getData().getFirst().getQuantity()).isEqualTo(3);
            assertThat(pendingAmounts()).containsExactly(-1000L, 3000L);
            advanceTo(periodEnd(subscription).plus(Duration.ofHours(1)));
            assertThat(latest(subscription).getTotal()).isEqualTo(3 * 3100 + 2000);
            assertThat(pendingAmounts()).isEmpty();
            assertThat(latest(subscription).getLines().getData())
                    .filteredOn(line ->
                            line.getParent().getSubscriptionItemDetails().getProration())
                    .hasSize(2);
        }

        @Test
        void isToTheSecondAndRoundedOnce() throws StripeException {
            advance(Duration.ofDays(21).plusSeconds(1));
            update(quantity(2));
            // 863,999 of 2,678,400 seconds: 999.9988… and twice that.
            assertThat(pendingAmounts()).containsExactly(-1000L, 2000L);
            advance(Duration.ofHours(11).plusMinutes(59).plusSeconds(59));
            update(quantity(1));
            assertThat(pendingAmounts().subList(2, 4)).containsExactly(-1900L, 950L);
        }

        @Test
        void isBilledAtOnceWhenAsked() throws StripeException {
            advance(Duration.ofDays(21));
            var changed = update(quantity(2).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
            var invoice = latest(changed);
            assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
            assertThat(invoice.getStatus()).isEqualTo("paid");
            assertThat(invoice.getTotal()).isEqualTo(1000);
        }

        @Test
        void mayBringAnItemAlong() throws StripeException {
            var extra = SubscriptionUpdateParams.AddInvoiceItem.builder()
                    .setPrice(once(700).getId())
                    .build();
            update(SubscriptionUpdateParams.builder().addAddInvoiceItem(extra));
            assertThat(pendingAmounts()).containsExactly(700L);
            update(SubscriptionUpdateParams.builder()
                    .addAddInvoiceItem(extra)
                    .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
            assertThat(pendingAmounts()).isEmpty();
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(1400);
        }

        @Test
        void leavesItemsOfOtherSubscriptionsToThem() throws StripeException {
            var other = subscribe(to(customer, perMonth(100)));
            stripe.v1()
                    .invoiceItems()
                    .create(InvoiceItemCreateParams.builder()
                            .setCustomer(customer.getId())
                            .setSubscription(other.getId())
                            .setAmount(900L)
                            .setCurrency("usd")
                            .build());
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(subscription).getTotal()).isEqualTo(3100);
            assertThat(latest(other).getTotal()).isEqualTo(1000);
        }

        @Test
        void mayBringAnItemWithALongerInterval() throws StripeException {
            advance(Duration.ofDays(10));
            var yearly = priced(PriceCreateParams.builder().setUnitAmount(36_500L), Interval.YEAR);
            var mixed = update(SubscriptionUpdateParams.builder()
                    .addItem(SubscriptionUpdateParams.Item.builder()
                            .setPrice(yearly.getId())
                            .build()));
            assertThat(pendingAmounts()).containsExactly(35_500L); // 355 of 365 days: it joins the cycle.
            assertThat(mixed.getBillingCycleAnchor()).isEqualTo(start().getEpochSecond());
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(subscription).getTotal()).isEqualTo(3100 + 35_500);
            advanceTo(Instant.parse("2026-03-15T13:00:00Z"));
            assertThat(latest(subscription).getTotal()).isEqualTo(3100);
            var ending = update(
                    SubscriptionUpdateParams.builder().setCancelAt(SubscriptionUpdateParams.CancelAt.MAX_PERIOD_END));
            assertThat(Instant.ofEpochSecond(ending.getCancelAt())).isEqualTo(Instant.parse("2027-01-15T12:00:00Z"));
        }

        @Test
        void leavesUsageAtThePriceThatItWasUsedAt() throws StripeException {
            var dear = metered("3");
            var cheap = meteredLike(dear, "1");
            var metering = subscribe(to(customer, dear));
            use(customer, "100");
            advance(Duration.ofDays(1));
            stripe.v1()
                    .subscriptions()
                    .update(
                            metering.getId(),
                            SubscriptionUpdateParams.builder()
                                    .addItem(SubscriptionUpdateParams.Item.builder()
                                            .setId(metering.getItems()
                                                    .getData()
                                                    .getFirst()
                                                    .getId())
                                            .setPrice(cheap.getId())
                                            .build())
                                    .build());
            assertThat(pendingAmounts()).containsExactly(300L);
            use(customer, "50");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(metering).getTotal()).isEqualTo(350);
        }

        @Test
        void billsUsageWhenThePeriodIsCutShort() throws StripeException {
            var metering = subscribe(to(customer, metered("3")));
            use(customer, "100");
            advance(Duration.ofDays(1));
            stripe.v1()
                    .subscriptions()
                    .update(
                            metering.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW)
                                    .build());
            assertThat(latest(metering).getAmountPaid()).isEqualTo(300);
            use(customer, "50");
            advanceTo(Instant.parse("2026-02-16T13:00:00Z"));
            assertThat(latest(metering).getAmountPaid()).isEqualTo(150);
        }

        @Test
        void doesNotHappenWhenNotWanted() throws StripeException {
            advance(Duration.ofDays(21));
            update(quantity(2).setProrationBehavior(ProrationBehavior.NONE));
            assertThat(pendingAmounts()).isEmpty();
        }

        @Test
        void beginsANewPeriodWithAnotherInterval() throws StripeException {
            advance(Duration.ofDays(21));
            var yearly = priced(PriceCreateParams.builder().setUnitAmount(30000L), Interval.YEAR);
            var changed = update(SubscriptionUpdateParams.builder()
                    .addItem(SubscriptionUpdateParams.Item.builder()
                            .setId(item())
                            .setPrice(yearly.getId())
                            .build()));
            assertThat(periodEnd(changed)).isEqualTo(Instant.parse("2027-02-05T12:00:00Z"));
            assertThat(latest(changed).getTotal()).isEqualTo(30000 - 1000);
        }
    }

    @Nested
    class Payment {

        @BeforeEach
        void failFromNowOn() throws StripeException {
            var card = stripe.v1()
                    .paymentMethods()
                    .attach(
                            "pm_card_chargeCustomerFail",
                            com.stripe.param.PaymentMethodAttachParams.builder()
                                    .setCustomer(customer.getId())
                                    .build());
            update(SubscriptionUpdateParams.builder().setDefaultPaymentMethod(card.getId()));
        }

        SubscriptionUpdateParams.Builder dearer(PaymentBehavior behavior) {
            return quantity(2)
                    .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                    .setPaymentBehavior(behavior);
        }

        @Test
        void thatFailsLeavesItPastDue() throws StripeException {
            assertThat(update(dearer(PaymentBehavior.ALLOW_INCOMPLETE)).getStatus())
                    .isEqualTo("past_due");
        }

        @Test
        void thatMustNotFailUndoesTheChange() throws StripeException {
            assertThatThrownBy(() -> update(dearer(PaymentBehavior.ERROR_IF_INCOMPLETE)))
                    .isInstanceOf(CardException.class);
            assertThat(again(subscription).getItems().getData().getFirst().getQuantity())
                    .isEqualTo(1);
            assertThat(pendingAmounts()).isEmpty();
        }

        @Test
        void isWaitedForByAPendingUpdate() throws StripeException {
            var waiting = update(dearer(PaymentBehavior.PENDING_IF_INCOMPLETE));
            assertThat(waiting.getStatus()).isEqualTo("active");
            assertThat(waiting.getItems().getData().getFirst().getQuantity()).isEqualTo(1);
            assertThat(waiting.getPendingUpdate()
                            .getSubscriptionItems()
                            .getFirst()
                            .getQuantity())
                    .isEqualTo(2);
            stripe.v1()
                    .invoices()
                    .pay(
                            waiting.getLatestInvoice(),
                            com.stripe.param.InvoicePayParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());
            var applied = again(subscription);
            assertThat(applied.getPendingUpdate()).isNull();
            assertThat(applied.getItems().getData().getFirst().getQuantity()).isEqualTo(2);
            assertThat(eventTypes()).contains("customer.subscription.pending_update_applied");
        }

        @Test
        void cannotWaitForEverything() {
            assertThatThrownBy(() ->
                            update(dearer(PaymentBehavior.PENDING_IF_INCOMPLETE).setCancelAtPeriodEnd(true)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("cancel_at_period_end");
        }

        @Test
        void showsAllThatWaits() throws StripeException {
            var waiting = update(dearer(PaymentBehavior.PENDING_IF_INCOMPLETE).putMetadata("seats", "2"));
            assertThat(waiting.getPendingUpdate().getMetadata()).containsEntry("seats", "2");
            assertThat(waiting.getMetadata()).isEmpty();
        }

        @Test
        void dropsAPendingUpdateAfter23Hours() throws StripeException {
            update(dearer(PaymentBehavior.PENDING_IF_INCOMPLETE));
            advance(Duration.ofHours(23));
            assertThat(again(subscription).getPendingUpdate()).isNull();
            assertThat(again(subscription).getItems().getData().getFirst().getQuantity())
                    .isEqualTo(1);
            assertThat(latest(subscription).getStatus()).isEqualTo("void");
            assertThat(eventTypes()).contains("customer.subscription.pending_update_expired");
        }
    }

    @Nested
    class Items {

        @Test
        void comeAndGoAsResourcesOfTheirOwn() throws StripeException {
            advance(Duration.ofDays(21));
            var added = stripe.v1()
                    .subscriptionItems()
                    .create(SubscriptionItemCreateParams.builder()
                            .setSubscription(subscription.getId())
                            .setPrice(perMonth(6200).getId())
                            .build());
            assertThat(pendingAmounts()).containsExactly(2000L);
            stripe.v1()
                    .subscriptionItems()
                    .update(
                            added.getId(),
                            SubscriptionItemUpdateParams.builder()
                                    .setQuantity(2L)
                                    .build());
            assertThat(pendingAmounts()).containsExactly(2000L, -2000L, 4000L);
            assertThat(stripe.v1()
                            .subscriptionItems()
                            .list(SubscriptionItemListParams.builder()
                                    .setSubscription(subscription.getId())
                                    .build())
                            .getData())
                    .hasSize(2);
            assertThat(stripe.v1().subscriptionItems().delete(added.getId()).getDeleted())
                    .isTrue();
            assertThat(again(subscription).getItems().getData()).hasSize(1);
            assertThat(pendingAmounts()).endsWith(-4000L);
        }

        @Test
        void areNeverNone() {
            assertThatThrownBy(() -> stripe.v1().subscriptionItems().delete(item()))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Nested
    class Preview {

        Invoice preview(InvoiceCreatePreviewParams.Builder params) throws StripeException {
            return stripe.v1().invoices().createPreview(params.build());
        }

        @Test
        void ofTheNextRenewalIsWhatItWillBe() throws StripeException {
            var next = preview(InvoiceCreatePreviewParams.builder().setCustomer(customer.getId()));
            assertThat(next.getId()).startsWith("upcoming_in_");
            assertThat(next.getCreated()).isEqualTo(periodEnd(subscription).getEpochSecond());
            assertThat(next.getTotal()).isEqualTo(3100);
        }

        @Test
        void ofAChangeChangesNothing() throws StripeException {
            advance(Duration.ofDays(21));
            var events = eventTypes();
            var changed = preview(InvoiceCreatePreviewParams.builder()
                    .setSubscription(subscription.getId())
                    .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                            .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                    .setId(item())
                                    .setQuantity(2L)
                                    .build())
                            .build()));
            assertThat(changed.getTotal()).isEqualTo(2 * 3100 + 1000);
            assertThat(pendingAmounts()).isEmpty();
            assertThat(again(subscription).getItems().getData().getFirst().getQuantity())
                    .isEqualTo(1);
            assertThat(eventTypes()).isEqualTo(events);
        }

        @Test
        void ofWhatDoesNotExistYet() throws StripeException {
            var price = perMonth(900);
            var first = preview(InvoiceCreatePreviewParams.builder()
                    .setCustomer(customer.getId())
                    .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                            .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                    .setPrice(price.getId())
                                    .setQuantity(3L)
                                    .build())
                            .build()));
            assertThat(first.getTotal()).isEqualTo(2700);
        }

        @Test
        void ofACancellationIsWhatItGivesBack() throws StripeException {
            advance(Duration.ofDays(21));
            var last = preview(InvoiceCreatePreviewParams.builder()
                    .setSubscription(subscription.getId())
                    .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                            .setCancelNow(true)
                            .build()));
            assertThat(last.getTotal()).isEqualTo(-1000);
            assertThat(again(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void knowsADiscountThatIsNotGivenYet() throws StripeException {
            var half = stripe.v1()
                    .coupons()
                    .create(CouponCreateParams.builder()
                            .setPercentOff(BigDecimal.valueOf(50))
                            .build());
            var discounted = InvoiceCreatePreviewParams.builder()
                    .setSubscription(subscription.getId())
                    .addDiscount(InvoiceCreatePreviewParams.Discount.builder()
                            .setCoupon(half.getId())
                            .build());
            assertThat(preview(discounted).getTotal()).isEqualTo(1550);
            assertThat(again(subscription).getDiscounts()).isEmpty();
        }

        @Test
        void isRefusedWhereNothingComes() throws StripeException {
            var other = stripe.v1().customers().create();
            assertThatThrownBy(
                            () -> preview(InvoiceCreatePreviewParams.builder().setCustomer(other.getId())))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("No upcoming invoices");
        }
    }

    @Test
    void takesACouponOffItsInvoices() throws StripeException {
        var coupon = stripe.v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setAmountOff(1000L)
                        .setCurrency("usd")
                        .setDuration(CouponCreateParams.Duration.ONCE)
                        .build());
        var discounted = subscribe(to(customer, perMonth(3000))
                .addDiscount(SubscriptionCreateParams.Discount.builder()
                        .setCoupon(coupon.getId())
                        .build()));
        assertThat(latest(discounted).getTotal()).isEqualTo(2000);
        advanceTo(periodEnd(discounted).plus(Duration.ofHours(1)));
        assertThat(latest(discounted).getTotal()).isEqualTo(3000);
        assertThat(again(discounted).getDiscounts()).isEmpty();
    }

    @Test
    void givesUpInvoicesWhileCollectionIsPaused() throws StripeException {
        update(SubscriptionUpdateParams.builder()
                .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                        .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                        .setResumesAt(Instant.parse("2026-02-20T00:00:00Z").getEpochSecond())
                        .build()));
        advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
        assertThat(latest(subscription).getStatus()).isEqualTo("void");
        assertThat(again(subscription).getStatus()).isEqualTo("active");
        advanceTo(Instant.parse("2026-02-20T00:00:00Z"));
        assertThat(again(subscription).getPauseCollection()).isNull();
        advanceTo(Instant.parse("2026-03-15T13:00:00Z"));
        assertThat(latest(subscription).getStatus()).isEqualTo("paid");
    }

    @Test
    void mayBeAdvancedByTwoIntervals() {
        assertThatThrownBy(() -> advance(Duration.ofDays(60)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("two intervals");
    }
}
