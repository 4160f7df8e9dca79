package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.PaymentBehavior;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionSearchParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SubscriptionStoryTest extends Subscribed {

    @Nested
    class Beginning {

        @Test
        void isPaidAtOnceAndActive() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)));
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(periodEnd(subscription)).isEqualTo(Instant.parse("2026-02-15T12:00:00Z"));
            var first = latest(subscription);
            assertThat(first.getStatus()).isEqualTo("paid");
            assertThat(first.getBillingReason()).isEqualTo("subscription_create");
            assertThat(first.getAmountPaid()).isEqualTo(2000);
            assertThat(eventTypesAfter("price.created"))
                    .containsExactly(
                            "customer.subscription.created",
                            "invoice.created",
                            "payment_intent.created",
                            "invoice.finalized",
                            "invoice.updated",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "invoice_payment.paid",
                            "invoice.updated",
                            "invoice.paid",
                            "invoice.payment_succeeded",
                            "customer.subscription.updated");
        }

        @Test
        void staysIncompleteAfterADecline() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_chargeCustomerFail"), perMonth(2000)));
            assertThat(subscription.getStatus()).isEqualTo("incomplete");
            assertThat(latest(subscription).getStatus()).isEqualTo("open");
            assertThat(latest(subscription).getNextPaymentAttempt()).isNull();
        }

        @Test
        void leavesNothingBehindWhenADeclineIsToBeAnError() throws StripeException {
            var customer = customerOn(clock, "pm_card_chargeCustomerFail");
            var params = to(customer, perMonth(2000)).setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE);
            assertThatThrownBy(() -> subscribe(params)).isInstanceOf(CardException.class);
            assertThat(stripe.v1()
                            .subscriptions()
                            .list(SubscriptionListParams.builder()
                                    .setCustomer(customer.getId())
                                    .setStatus(SubscriptionListParams.Status.ALL)
                                    .build())
                            .getData())
                    .isEmpty();
        }

        @Test
        void waitsForConfirmationWhenAsked() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000))
                    .setPaymentBehavior(PaymentBehavior.DEFAULT_INCOMPLETE)
                    .addExpand("latest_invoice.confirmation_secret"));
            assertThat(subscription.getStatus()).isEqualTo("incomplete");
            assertThat(subscription
                            .getLatestInvoiceObject()
                            .getConfirmationSecret()
                            .getClientSecret())
                    .startsWith("pi_");
            stripe.v1().invoices().pay(subscription.getLatestInvoice());
            assertThat(again(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void isRenewedWithWhatHasPaidForItFirstWhenAsked() throws StripeException {
            var customer = stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setTestClock(clock.getId())
                            .build());
            var subscription = subscribe(to(customer, perMonth(2000))
                    .setPaymentBehavior(PaymentBehavior.DEFAULT_INCOMPLETE)
                    .setPaymentSettings(SubscriptionCreateParams.PaymentSettings.builder()
                            .setSaveDefaultPaymentMethod(
                                    SubscriptionCreateParams.PaymentSettings.SaveDefaultPaymentMethod.ON_SUBSCRIPTION)
                            .build())
                    .addExpand("latest_invoice.confirmation_secret"));
            var secret = subscription
                    .getLatestInvoiceObject()
                    .getConfirmationSecret()
                    .getClientSecret();
            var paid = stripe.v1()
                    .paymentIntents()
                    .confirm(
                            secret.substring(0, secret.indexOf("_secret")),
                            PaymentIntentConfirmParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .setReturnUrl("https://example.org")
                                    .build());
            assertThat(paid.getSetupFutureUsage()).isEqualTo("off_session");
            assertThat(again(subscription).getStatus()).isEqualTo("active");
            assertThat(again(subscription).getDefaultPaymentMethod()).isEqualTo(paid.getPaymentMethod());
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(2000);
        }

        @Test
        void expiresWhenItIsNotPaidFor23Hours() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_chargeCustomerFail"), perMonth(2000)));
            advance(Duration.ofHours(23).minusSeconds(1));
            assertThat(again(subscription).getStatus()).isEqualTo("incomplete");
            advance(Duration.ofSeconds(1));
            assertThat(again(subscription).getStatus()).isEqualTo("incomplete_expired");
            assertThat(latest(subscription).getStatus()).isEqualTo("void");
        }

        @Test
        void keepsAnInvoiceThatIsPaidInPartWhenItExpires() throws StripeException {
            var customer = customerOn(clock, "pm_card_chargeCustomerFail");
            var subscription = subscribe(to(customer, perMonth(2000)));
            var part = json(send(
                    "POST",
                    "/v1/payment_intents",
                    "amount=500&currency=usd&payment_method_types[]=card&payment_method=pm_card_visa&confirm=true&customer="
                            + customer.getId()));
            send(
                    "POST",
                    "/v1/invoices/" + subscription.getLatestInvoice() + "/attach_payment",
                    "payment_intent=" + part.path("id").asString());
            advance(Duration.ofHours(23));
            assertThat(again(subscription).getStatus()).isEqualTo("incomplete_expired");
            assertThat(latest(subscription).getStatus()).isEqualTo("open");
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(500);
        }

        @Test
        void needsAPaymentMethod() throws StripeException {
            var customer = stripe.v1().customers().create();
            var price = perMonth(2000);
            assertThatThrownBy(() -> subscribe(to(customer, price)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("no attached payment source");
        }

        @Test
        void isActiveAtOnceWhenAnInvoiceIsSent() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000))
                    .setCollectionMethod(SubscriptionCreateParams.CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue(10L));
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(latest(subscription).getStatus()).isEqualTo("draft");
            advance(Duration.ofHours(1));
            assertThat(latest(subscription).getStatus()).isEqualTo("open");
            assertThat(eventTypes()).contains("invoice.sent");
            advance(Duration.ofDays(10));
            assertThat(eventTypes()).contains("invoice.overdue");
            assertThat(again(subscription).getStatus()).isEqualTo("past_due");
        }

        @Test
        void billsTheTimeUntilALaterAnchorInProportion() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(3100))
                    .setBillingCycleAnchor(Instant.parse("2026-02-01T00:00:00Z").getEpochSecond()));
            assertThat(periodEnd(subscription)).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(1650); // 16.5 of January's 31 days.
        }

        @Test
        void billsWhatComesWithItOnce() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000))
                    .addAddInvoiceItem(SubscriptionCreateParams.AddInvoiceItem.builder()
                            .setPrice(once(500).getId())
                            .setQuantity(2L)
                            .build()));
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(3000);
            assertThat(latest(subscription).getLines().getData())
                    .extracting(line -> line.getParent().getType())
                    .containsExactly("invoice_item_details", "subscription_item_details");
            assertThat(eventTypesAfter("price.created"))
                    .startsWith("customer.subscription.created", "invoiceitem.created", "invoice.created");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(2000);
        }

        @Test
        void billsTheTimeSinceAnEarlierStart() throws StripeException {
            var params = to(customerOn(clock, "pm_card_visa"), perMonth(3100))
                    .setBackdateStartDate(Instant.parse("2025-12-05T12:00:00Z").getEpochSecond());
            var subscription = subscribe(params);
            assertThat(latest(subscription).getLines().getData())
                    .extracting(InvoiceLineItem::getAmount)
                    .containsExactly(1033L, 3100L, 3100L); // Ten of 30 days, a whole month, and the one to come.
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(7233);
            assertThat(periodEnd(subscription)).isEqualTo(Instant.parse("2026-02-15T12:00:00Z"));
            var free = subscribe(params.setProrationBehavior(SubscriptionCreateParams.ProrationBehavior.NONE));
            assertThat(latest(free).getAmountPaid()).isEqualTo(3100);
            assertThat(free.getStartDate()).isEqualTo(subscription.getStartDate());
        }

        @Test
        void isNeverInClassicMode() throws StripeException {
            var params = to(customerOn(clock, "pm_card_visa"), perMonth(100))
                    .setBillingMode(SubscriptionCreateParams.BillingMode.builder()
                            .setType(SubscriptionCreateParams.BillingMode.Type.CLASSIC)
                            .build());
            assertThatThrownBy(() -> subscribe(params)).hasMessageContaining("classic");
        }

        @Test
        void cannotWaitForItsPaymentAsAnUpdateDoes() throws StripeException {
            var params = to(customerOn(clock, "pm_card_visa"), perMonth(100))
                    .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE);
            assertThatThrownBy(() -> subscribe(params)).hasMessageContaining("payment_behavior");
        }

        @Test
        void hasAtMostTwentyItems() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var prices = new Price[21];
            for (int i = 0; i < prices.length; i++) {
                prices[i] = perMonth(100 + i);
            }
            assertThatThrownBy(() -> subscribe(to(customer, prices))).hasMessageContaining("1 to 20 items");
            assertThat(subscribe(to(customer, Arrays.copyOf(prices, 20)))
                            .getItems()
                            .getData())
                    .hasSize(20);
        }

        @Test
        void isOneOfAtMostThreeOnATestClock() throws StripeException {
            var params = to(customerOn(clock, "pm_card_visa"), perMonth(100));
            for (int i = 0; i < 3; i++) {
                subscribe(params);
            }
            assertThatThrownBy(() -> subscribe(params))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("maximum of 3");
        }

        @Test
        void canBeSearchedFor() throws StripeException {
            var subscription = subscribe(
                    to(customerOn(clock, "pm_card_visa"), perMonth(100)).putMetadata("plan", "gold"));
            subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(100)).setTrialPeriodDays(5L));
            for (String query : List.of("status:'active'", "metadata['plan']:'gold'", "-status:'trialing'")) {
                assertThat(stripe.v1()
                                .subscriptions()
                                .search(SubscriptionSearchParams.builder()
                                        .setQuery(query)
                                        .build())
                                .getData())
                        .extracting(Subscription::getId)
                        .containsExactly(subscription.getId());
            }
        }

        @Test
        void refusesWhatDoesNotGoTogether() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var monthly = perMonth(100);
            var weekly = priced(PriceCreateParams.builder().setUnitAmount(100L), Interval.WEEK);
            assertThatThrownBy(() -> subscribe(to(customer, monthly, weekly))).hasMessageContaining("multiples");
            assertThatThrownBy(() -> subscribe(to(customer, monthly, monthly))).hasMessageContaining("same price");
            var euros = stripe.v1()
                    .prices()
                    .create(PriceCreateParams.builder()
                            .setProduct(monthly.getProduct())
                            .setCurrency("eur")
                            .setUnitAmount(100L)
                            .setRecurring(PriceCreateParams.Recurring.builder()
                                    .setInterval(Interval.MONTH)
                                    .build())
                            .build());
            assertThatThrownBy(() -> subscribe(to(customer, monthly, euros))).hasMessageContaining("one currency");
            assertThatThrownBy(() -> subscribe(to(customer))).hasMessageContaining("items");
        }
    }

    @Nested
    class Trial {

        @Test
        void warnsAtOnceWhenItIsShort() throws StripeException {
            subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)).setTrialPeriodDays(2L));
            assertThat(timesOf("customer.subscription.trial_will_end")).containsExactly(start());
        }

        @Test
        void warnsAtOnceWhenItIsEndedEarly() throws StripeException {
            var subscription = subscribe(
                    to(customerOn(clock, "pm_card_visa"), perMonth(2000)).setTrialPeriodDays(14L));
            advance(Duration.ofDays(1));
            var ended = stripe.v1()
                    .subscriptions()
                    .update(
                            subscription.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW)
                                    .build());
            assertThat(ended.getStatus()).isEqualTo("active");
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(2000);
            assertThat(timesOf("customer.subscription.trial_will_end"))
                    .containsExactly(start().plus(Duration.ofDays(1)));
        }

        @Test
        void pausesWithoutAPaymentMethodWhenAsked() throws StripeException {
            assertThat(afterTrialWithoutMethod(MissingPaymentMethod.PAUSE)).isEqualTo("paused");
            assertThat(eventTypes()).contains("customer.subscription.paused");
        }

        @Test
        void isCanceledWithoutAPaymentMethodWhenAsked() throws StripeException {
            assertThat(afterTrialWithoutMethod(MissingPaymentMethod.CANCEL)).isEqualTo("canceled");
        }

        String afterTrialWithoutMethod(MissingPaymentMethod behavior) throws StripeException {
            var customer = stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setTestClock(clock.getId())
                            .build());
            var subscription = subscribe(to(customer, perMonth(2000))
                    .setTrialPeriodDays(7L)
                    .setTrialSettings(SubscriptionCreateParams.TrialSettings.builder()
                            .setEndBehavior(SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                    .setMissingPaymentMethod(behavior)
                                    .build())
                            .build()));
            advance(Duration.ofDays(7));
            return again(subscription).getStatus();
        }
    }

    @Nested
    class Renewal {

        @Test
        void isADraftForAnHourAndThenPaid() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)));
            advanceTo(Instant.parse("2026-02-15T12:00:00Z"));
            assertThat(latest(subscription).getStatus()).isEqualTo("draft");
            advance(Duration.ofHours(1));
            assertThat(latest(subscription).getStatus()).isEqualTo("paid");
            assertThat(timesOf("invoice.upcoming")).containsExactly(Instant.parse("2026-02-08T12:00:00Z"));
            assertThat(eventTypesAfter("test_helpers.test_clock.advancing"))
                    .containsExactly(
                            "payment_intent.created",
                            "invoice.finalized",
                            "invoice.updated",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "invoice_payment.paid",
                            "invoice.updated",
                            "invoice.paid",
                            "invoice.payment_succeeded",
                            "test_helpers.test_clock.ready");
            var types = eventTypes();
            assertThat(types.subList(types.lastIndexOf("invoice.upcoming"), types.lastIndexOf("invoice.created") + 1))
                    .containsExactly("invoice.upcoming", "customer.subscription.updated", "invoice.created");
        }

        @Test
        void keepsItsDraft() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)));
            advanceTo(Instant.parse("2026-02-15T12:00:00Z"));
            var draft = latest(subscription).getId();
            assertThatThrownBy(() -> stripe.v1().invoices().delete(draft)).isInstanceOf(InvalidRequestException.class);
            assertThat(latest(subscription).getStatus()).isEqualTo("draft");
        }

        @Test
        void billsEachItemAtItsOwnInterval() throws StripeException {
            var yearly = priced(PriceCreateParams.builder().setUnitAmount(10_000L), Interval.YEAR);
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(1000), yearly));
            assertThat(subscription.getItems().getData())
                    .extracting(item -> Instant.ofEpochSecond(item.getCurrentPeriodEnd()))
                    .containsExactly(Instant.parse("2026-02-15T12:00:00Z"), Instant.parse("2027-01-15T12:00:00Z"));
            for (int month = 2; month <= 12; month++) {
                advanceTo(Instant.parse("2026-%02d-15T13:00:00Z".formatted(month)));
            }
            advanceTo(Instant.parse("2027-01-15T13:00:00Z"));
            assertThat(invoices(subscription).reversed())
                    .extracting(Invoice::getAmountPaid)
                    .hasSize(13)
                    .startsWith(11_000L, 1000L)
                    .endsWith(1000L, 11_000L);
        }

        @Test
        void comesBackToThe31st() throws StripeException {
            advanceTo(Instant.parse("2026-01-31T12:00:00Z"));
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)));
            advanceTo(Instant.parse("2026-03-01T00:00:00Z"));
            advanceTo(Instant.parse("2026-04-01T00:00:00Z"));
            assertThat(periodEnd(again(subscription))).isEqualTo(Instant.parse("2026-04-30T12:00:00Z"));
            assertThat(invoices(subscription))
                    .extracting(invoice -> Instant.ofEpochSecond(invoice.getCreated()))
                    .containsExactly(
                            Instant.parse("2026-03-31T12:00:00Z"),
                            Instant.parse("2026-02-28T12:00:00Z"),
                            Instant.parse("2026-01-31T12:00:00Z"));
        }

        @Test
        void endsAfterTheLastRetry() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, perMonth(2000)));
            payFromNowOnWith(customer, "pm_card_chargeCustomerFail");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            advance(Duration.ofDays(15).minusSeconds(1));
            assertThat(again(subscription).getStatus()).isEqualTo("past_due");
            advance(Duration.ofSeconds(1));
            var canceled = again(subscription);
            assertThat(canceled.getStatus()).isEqualTo("canceled");
            assertThat(canceled.getCancellationDetails().getReason()).isEqualTo("payment_failed");
            assertThat(latest(subscription).getAttemptCount()).isEqualTo(4);
        }

        @Test
        void isActiveAgainWhenTheLatestInvoiceIsPaidByHand() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, perMonth(2000)));
            payFromNowOnWith(customer, "pm_card_chargeCustomerFail");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            stripe.v1()
                    .invoices()
                    .pay(
                            again(subscription).getLatestInvoice(),
                            InvoicePayParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());
            assertThat(again(subscription).getStatus()).isEqualTo("active");
        }
    }

    @Nested
    class Metered {

        @Test
        void isBilledForThePeriodThatHasPassed() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, metered("0.5")));
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(subscription.getItems().getData().getFirst().getQuantity())
                    .isNull();
            use(customer, "300");
            advance(Duration.ofDays(20));
            use(customer, "701");
            advanceTo(Instant.parse("2026-02-15T12:00:00Z"));
            use(customer, "5000"); // Stamped at the boundary: that is the next period's.
            advance(Duration.ofHours(1));
            var invoice = latest(subscription);
            assertThat(invoice.getStatus()).isEqualTo("paid");
            assertThat(invoice.getTotal()).isEqualTo(501); // 1001 at half a cent, rounded half up.
            assertThat(invoice.getLines().getData().getFirst().getQuantity()).isEqualTo(1001);
        }

        @Test
        void isBilledAsSoonAsItComesToAThreshold() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, metered("1")).setBillingThresholds(threshold(1000, false)));
            use(customer, "999");
            advance(Duration.ofHours(1));
            assertThat(invoices(subscription)).hasSize(1);
            use(customer, "5");
            advance(Duration.ofHours(2));
            assertThat(latest(subscription).getBillingReason()).isEqualTo("subscription_threshold");
            assertThat(latest(subscription).getThresholdReason().getAmountGte()).isEqualTo(1000);
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(1004);
            use(customer, "70");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(70);
            assertThat(latest(subscription).getBillingReason()).isEqualTo("subscription_cycle");
        }

        @Test
        void beginsANewPeriodAtAThresholdWhenAsked() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription =
                    subscribe(to(customer, metered("1"), perMonth(3100)).setBillingThresholds(threshold(1000, true)));
            advance(Duration.ofDays(10));
            use(customer, "1000");
            advance(Duration.ofHours(2));
            // All usage, 21 days of the month that is cut short back, less an hour, and a whole one again.
            assertThat(latest(subscription).getAmountPaid()).isEqualTo(1000 - 2096 + 3100);
            assertThat(periodEnd(again(subscription))).isEqualTo(Instant.parse("2026-02-25T13:00:00Z"));
        }

        SubscriptionCreateParams.BillingThresholds threshold(long cents, boolean resets) {
            return SubscriptionCreateParams.BillingThresholds.builder()
                    .setAmountGte(cents)
                    .setResetBillingCycleAnchor(resets)
                    .build();
        }

        @Test
        void isBilledAsSoonAsAnItemsUsageComesToItsThreshold() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var price = metered("0.5");
            var subscription = json(send(
                    "POST",
                    "/v1/subscriptions",
                    "items[0][billing_thresholds][usage_gte]=1000&customer=" + customer.getId() + "&items[0][price]="
                            + price.getId()));
            var item = "/v1/subscription_items/"
                    + subscription.at("/items/data/0/id").asString();
            assertThat(get(item).at("/billing_thresholds/usage_gte").asInt()).isEqualTo(1000);
            var threshold = stripe.v1().subscriptions().retrieve(id(subscription));
            use(customer, "999.5");
            advance(Duration.ofHours(2));
            assertThat(invoices(threshold)).hasSize(1);
            use(customer, "0.5");
            advance(Duration.ofHours(3));
            var billed = latest(threshold);
            assertThat(billed.getBillingReason()).isEqualTo("subscription_threshold");
            assertThat(billed.getAmountPaid()).isEqualTo(500);
            assertThat(billed.getThresholdReason().getAmountGte()).isNull();
            assertThat(billed.getThresholdReason().getItemReasons())
                    .singleElement()
                    .satisfies(reason -> {
                        assertThat(reason.getUsageGte()).isEqualTo(1000);
                        assertThat(reason.getLineItemIds())
                                .containsExactly(
                                        billed.getLines().getData().getFirst().getId());
                    });
            assertThat(post(item, "billing_thresholds=")
                            .path("billing_thresholds")
                            .isNull())
                    .isTrue();
            use(customer, "5000");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            assertThat(latest(threshold).getBillingReason()).isEqualTo("subscription_cycle");
            assertThat(latest(threshold).getAmountPaid()).isEqualTo(2500);
        }

        @Test
        void leavesADraftWhenItComesToMoreThanCanBeCharged() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, metered("1")));
            use(customer, "100000000");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            var draft = latest(subscription);
            assertThat(draft.getStatus()).isEqualTo("draft");
            assertThat(draft.getTotal()).isEqualTo(100_000_000);
            assertThat(draft.getLastFinalizationError().getCode()).isEqualTo("amount_too_large");
            assertThat(eventTypes()).contains("invoice.finalization_failed", "invoice.upcoming");
            send(
                    "POST",
                    "/v1/billing/credit_grants",
                    "customer=" + customer.getId() + "&amount[type]=monetary&amount[monetary][currency]=usd"
                            + "&amount[monetary][value]=50000000&applicability_config[scope][price_type]=metered");
            assertThat(stripe.v1().invoices().pay(draft.getId()).getAmountPaid())
                    .isEqualTo(50_000_000);
            var dear = perMonth(100_000_000);
            assertThatThrownBy(() -> subscribe(to(customer, dear))).hasMessageContaining("no more than 99999999");
        }

        @Test
        void countsWhatArrivesBeforeFinalization() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, metered("100")));
            advanceTo(Instant.parse("2026-02-15T12:00:00Z"));
            assertThat(latest(subscription).getTotal()).isZero();
            send(
                    "POST",
                    "/v1/billing/meter_events",
                    "event_name=calls&payload[value]=7&payload[stripe_customer_id]=" + customer.getId() + "&timestamp="
                            + Instant.parse("2026-02-15T11:59:59Z").getEpochSecond());
            advance(Duration.ofHours(1));
            assertThat(latest(subscription).getTotal()).isEqualTo(700);
        }
    }

    @Nested
    class Ending {

        @Test
        void atThePeriodsEndRenewsNothing() throws StripeException {
            var subscription = subscribe(to(customerOn(clock, "pm_card_visa"), perMonth(2000)));
            var going = stripe.v1()
                    .subscriptions()
                    .update(
                            subscription.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setCancelAtPeriodEnd(true)
                                    .build());
            assertThat(going.getStatus()).isEqualTo("active");
            assertThat(going.getCancelAt())
                    .isEqualTo(Instant.parse("2026-02-15T12:00:00Z").getEpochSecond());
            advanceTo(Instant.parse("2026-02-15T12:00:00Z"));
            assertThat(again(subscription).getStatus()).isEqualTo("canceled");
            assertThat(invoices(subscription)).hasSize(1);
            assertThat(eventTypes()).contains("customer.subscription.deleted").doesNotContain("invoice.upcoming");
        }

        @Test
        void withinAPeriodGivesBackWhatIsUnused() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var end = start().plus(Duration.ofDays(10));
            var subscription = subscribe(to(customer, perMonth(3100)).setCancelAt(end.getEpochSecond()));
            advanceTo(end.plus(Duration.ofHours(1)));
            assertThat(again(subscription).getStatus()).isEqualTo("canceled");
            assertThat(latest(subscription).getTotal()).isEqualTo(-2100);
            assertThat(stripe.v1().customers().retrieve(customer.getId()).getBalance())
                    .isEqualTo(-2100);
        }

        @Test
        void nowGivesBackWhatIsUnusedWhenAsked() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, perMonth(3100)));
            advance(Duration.ofDays(10));
            var canceled = stripe.v1()
                    .subscriptions()
                    .cancel(
                            subscription.getId(),
                            com.stripe.param.SubscriptionCancelParams.builder()
                                    .setProrate(true)
                                    .setInvoiceNow(true)
                                    .build());
            assertThat(canceled.getStatus()).isEqualTo("canceled");
            assertThat(latest(subscription).getTotal()).isEqualTo(-2100);
            assertThat(stripe.v1().customers().retrieve(customer.getId()).getBalance())
                    .isEqualTo(-2100);
        }

        @Test
        void hidesItFromTheList() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, perMonth(2000)));
            assertThat(listed(SubscriptionListParams.builder())).isEmpty();
            assertThat(listed(SubscriptionListParams.builder().setTestClock(clock.getId())))
                    .hasSize(1);
            stripe.v1().subscriptions().cancel(subscription.getId());
            assertThat(listed(SubscriptionListParams.builder().setCustomer(customer.getId())))
                    .isEmpty();
            assertThat(listed(SubscriptionListParams.builder()
                            .setCustomer(customer.getId())
                            .setStatus(SubscriptionListParams.Status.ENDED)))
                    .hasSize(1);
        }

        @Test
        void comesWithItsCustomers() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            subscribe(to(customer, perMonth(2000)));
            stripe.v1().customers().delete(customer.getId());
            assertThat(eventTypesAfter("customer.subscription.updated"))
                    .containsExactly("customer.subscription.deleted", "customer.deleted");
        }

        List<Subscription> listed(SubscriptionListParams.Builder params) throws StripeException {
            return stripe.v1().subscriptions().list(params.build()).getData();
        }
    }
}
