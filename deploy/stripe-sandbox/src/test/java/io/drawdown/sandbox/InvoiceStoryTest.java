package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InvoiceStoryTest extends Sandboxed {

    Price creditAt(String cents) throws StripeException {
        var product = stripe.v1()
                .products()
                .create(ProductCreateParams.builder().setName("Credit").build());
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setProduct(product.getId())
                        .setCurrency("usd")
                        .setUnitAmountDecimal(new BigDecimal(cents))
                        .build());
    }

    @Nested
    class Paying {

        @Test
        void collectsAnItemOfAPriceFromTheDefaultCard() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            var price = creditAt("100");
            var draft = stripe.v1()
                    .invoices()
                    .create(InvoiceCreateParams.builder()
                            .setCustomer(customer.getId())
                            .putMetadata("drawdown_replenishment_id", "r-1")
                            .build());
            stripe.v1()
                    .invoiceItems()
                    .create(InvoiceItemCreateParams.builder()
                            .setInvoice(draft.getId())
                            .setPricing(InvoiceItemCreateParams.Pricing.builder()
                                    .setPrice(price.getId())
                                    .build())
                            .setQuantity(45L)
                            .build());
            var open = stripe.v1().invoices().finalizeInvoice(draft.getId());
            assertThat(open.getStatus()).isEqualTo("open");
            assertThat(open.getAmountDue()).isEqualTo(4500);

            var paid = stripe.v1().invoices().pay(draft.getId());
            assertThat(paid.getStatus()).isEqualTo("paid");
            assertThat(paid.getAmountPaid()).isEqualTo(4500);
            assertThat(paid.getAmountRemaining()).isZero();
            assertThat(paid.getMetadata()).containsEntry("drawdown_replenishment_id", "r-1");
            assertThat(paid.getLines()
                            .getData()
                            .getFirst()
                            .getPricing()
                            .getPriceDetails()
                            .getPrice())
                    .isEqualTo(price.getId());
            assertThat(eventTypesAfter("invoiceitem.created"))
                    .containsExactly(
                            "invoice.updated",
                            "payment_intent.created",
                            "invoice.finalized",
                            "invoice.updated",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "invoice_payment.paid",
                            "invoice.updated",
                            "invoice.paid",
                            "invoice.payment_succeeded");
        }

        @Test
        void leadsFromThePaymentIntentBackToTheInvoice() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_visa"), 1000);
            stripe.v1().invoices().pay(invoice.getId());
            var payments = stripe.v1()
                    .invoices()
                    .retrieve(
                            invoice.getId(),
                            InvoiceRetrieveParams.builder()
                                    .addExpand("payments.data.payment.payment_intent.latest_charge")
                                    .build())
                    .getPayments();
            var intent = payments.getData().getFirst().getPayment().getPaymentIntentObject();
            assertThat(intent.getLatestChargeObject().getAmountCaptured()).isEqualTo(1000);
            var found = stripe.v1()
                    .invoicePayments()
                    .list(InvoicePaymentListParams.builder()
                            .setPayment(InvoicePaymentListParams.Payment.builder()
                                    .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                                    .setPaymentIntent(intent.getId())
                                    .build())
                            .build());
            assertThat(found.getData())
                    .singleElement()
                    .satisfies(payment -> assertThat(payment.getInvoice()).isEqualTo(invoice.getId()));
        }

        @Test
        void finalizesADraftFirst() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_mastercard"), 700);
            assertThat(stripe.v1().invoices().pay(invoice.getId()).getNumber()).endsWith("-0001");
        }

        @Test
        void refusesWhatIsPaidAlready() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_visa"), 700);
            stripe.v1().invoices().pay(invoice.getId());
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("already paid");
        }

        @Test
        void doesNotTouchACardThatIsMerelyAttached() throws StripeException {
            var customer = stripe.v1()
                    .customers()
                    .create(CustomerCreateParams.builder()
                            .setPaymentMethod("pm_card_visa")
                            .build());
            var invoice = draftOf(customer, 700);
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("default_payment_method");
        }

        @Test
        void outsideOfStripeSaysOnlyThatItIsPaid() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_visa"), 700);
            stripe.v1().invoices().finalizeInvoice(invoice.getId());
            var paid = stripe.v1()
                    .invoices()
                    .pay(
                            invoice.getId(),
                            InvoicePayParams.builder().setPaidOutOfBand(true).build());
            assertThat(paid.getAmountPaid()).isEqualTo(700);
            assertThat(paid.getAmountPaidOffStripe()).isEqualTo(700);
            assertThat(eventTypes())
                    .contains("invoice.paid")
                    .doesNotContain("invoice.payment_succeeded", "charge.succeeded");
        }

        @Test
        void withNothingDueNeedsNoPaymentIntent() throws StripeException {
            var invoice = stripe.v1()
                    .invoices()
                    .create(InvoiceCreateParams.builder()
                            .setCustomer(customerPayingWith("pm_card_visa").getId())
                            .build());
            assertThat(stripe.v1().invoices().finalizeInvoice(invoice.getId()).getStatus())
                    .isEqualTo("paid");
            assertThat(eventTypesAfter("invoice.created"))
                    .containsExactly("invoice.finalized", "invoice.paid", "invoice.payment_succeeded");
        }
    }

    @Nested
    class Declining {

        @Test
        void keepsTheInvoiceOpenAndSaysWhy() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_chargeCustomerFail"), 4500);
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOfSatisfying(CardException.class, declined -> {
                        assertThat(declined.getCode()).isEqualTo("card_declined");
                        assertThat(declined.getDeclineCode()).isEqualTo("generic_decline");
                        assertThat(declined.getCharge()).startsWith("ch_");
                    });
            var open = stripe.v1().invoices().retrieve(invoice.getId());
            assertThat(open.getStatus()).isEqualTo("open");
            assertThat(open.getAttempted()).isTrue();
            assertThat(open.getAttemptCount()).isEqualTo(1);
            assertThat(open.getNextPaymentAttempt()).isNull();
            assertThat(eventTypesAfter("invoice.finalized"))
                    .containsExactly(
                            "invoice.updated",
                            "charge.failed",
                            "payment_intent.payment_failed",
                            "invoice.updated",
                            "invoice.payment_failed");
        }

        @Test
        void isNotTheEndOfTheInvoice() throws StripeException {
            var customer = customerPayingWith("pm_card_chargeCustomerFail");
            var invoice = draftOf(customer, 4500);
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOf(CardException.class);
            var paid = stripe.v1()
                    .invoices()
                    .pay(
                            invoice.getId(),
                            InvoicePayParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());
            assertThat(paid.getStatus()).isEqualTo("paid");
            assertThat(paid.getAttemptCount()).isEqualTo(2);
        }

        @Test
        void namesTheReasonOfTheTestCard() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_visa"), 4500);
            for (String token : List.of("InsufficientFunds", "LostCard", "StolenCard")) {
                var with = InvoicePayParams.builder()
                        .setPaymentMethod("pm_card_visa_chargeDeclined" + token)
                        .build();
                assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId(), with))
                        .isInstanceOfSatisfying(
                                CardException.class,
                                declined -> assertThat(declined.getDeclineCode().replace("_", ""))
                                        .isEqualToIgnoringCase(token));
            }
        }

        @Test
        void asksForAuthentication() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_authenticationRequired"), 4500);
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOfSatisfying(
                            CardException.class,
                            declined ->
                                    assertThat(declined.getCode()).isEqualTo("invoice_payment_intent_requires_action"));
            assertThat(eventTypes()).endsWith("invoice.payment_action_required");
        }
    }

    @Nested
    class Amounts {

        @Test
        void roundEachLineHalfUpOnce() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            var price = creditAt("0.5");
            var invoice = stripe.v1()
                    .invoices()
                    .create(InvoiceCreateParams.builder()
                            .setCustomer(customer.getId())
                            .build());
            for (long quantity : new long[] {101, 101, 2}) {
                stripe.v1()
                        .invoiceItems()
                        .create(InvoiceItemCreateParams.builder()
                                .setInvoice(invoice.getId())
                                .setPricing(InvoiceItemCreateParams.Pricing.builder()
                                        .setPrice(price.getId())
                                        .build())
                                .setQuantity(quantity)
                                .build());
            }
            assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getTotal())
                    .isEqualTo(51 + 51 + 1);
        }

        @Test
        void takeTheCustomersCreditFirst() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            stripe.v1()
                    .customers()
                    .update(
                            customer.getId(),
                            CustomerUpdateParams.builder().setBalance(-1000L).build());
            var invoice = draftOf(customer, 4500);
            var open = stripe.v1().invoices().finalizeInvoice(invoice.getId());
            assertThat(open.getAmountDue()).isEqualTo(3500);
            assertThat(open.getStartingBalance()).isEqualTo(-1000);
            assertThat(open.getEndingBalance()).isZero();
            assertThat(stripe.v1().customers().retrieve(customer.getId()).getBalance())
                    .isZero();

            stripe.v1().invoices().voidInvoice(invoice.getId());
            assertThat(stripe.v1().customers().retrieve(customer.getId()).getBalance())
                    .isEqualTo(-1000);
        }

        @Test
        void belowTheMinimumChargeAreCarriedOver() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            var invoice = draftOf(customer, 49);
            var finalized = stripe.v1().invoices().finalizeInvoice(invoice.getId());
            assertThat(finalized.getStatus()).isEqualTo("paid");
            assertThat(finalized.getEndingBalance()).isEqualTo(49);
            assertThat(stripe.v1().customers().retrieve(customer.getId()).getBalance())
                    .isEqualTo(49);
        }
    }

    @Nested
    class Drafts {

        @Test
        void leavePendingItemsOutUnlessAskedToIncludeThem() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            stripe.v1()
                    .invoiceItems()
                    .create(InvoiceItemCreateParams.builder()
                            .setCustomer(customer.getId())
                            .setAmount(900L)
                            .setCurrency("usd")
                            .build());
            var without = InvoiceCreateParams.builder().setCustomer(customer.getId());
            assertThat(stripe.v1().invoices().create(without.build()).getTotal())
                    .isZero();
            var with = without.setPendingInvoiceItemsBehavior(InvoiceCreateParams.PendingInvoiceItemsBehavior.INCLUDE);
            var invoice = stripe.v1().invoices().create(with.build());
            assertThat(invoice.getTotal()).isEqualTo(900);

            stripe.v1().invoices().delete(invoice.getId());
            var pending = InvoiceItemListParams.builder()
                    .setCustomer(customer.getId())
                    .setPending(true)
                    .build();
            assertThat(stripe.v1().invoiceItems().list(pending).getData()).hasSize(1);
        }

        @Test
        void followTheirItems() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            var invoice = draftOf(customer, 900);
            var item = stripe.v1()
                    .invoiceItems()
                    .list(InvoiceItemListParams.builder()
                            .setInvoice(invoice.getId())
                            .build())
                    .getData()
                    .getFirst();
            stripe.v1()
                    .invoiceItems()
                    .update(
                            item.getId(),
                            com.stripe.param.InvoiceItemUpdateParams.builder()
                                    .setAmount(1200L)
                                    .build());
            assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getAmountDue())
                    .isEqualTo(1200);
            stripe.v1().invoiceItems().delete(item.getId());
            assertThat(stripe.v1()
                            .invoices()
                            .retrieve(invoice.getId())
                            .getLines()
                            .getData())
                    .isEmpty();
        }

        @Test
        void areNotEditableOnceFinalized() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_visa"), 900);
            stripe.v1().invoices().finalizeInvoice(invoice.getId());
            assertThatThrownBy(() -> stripe.v1()
                            .invoiceItems()
                            .create(InvoiceItemCreateParams.builder()
                                    .setInvoice(invoice.getId())
                                    .setAmount(1L)
                                    .setCurrency("usd")
                                    .build()))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo("invoice_not_editable"));
            assertThatThrownBy(() -> stripe.v1().invoices().delete(invoice.getId()))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void staysADraftWhenNobodyCanBeChargedSoMuch() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 99_999_999);
        var one = id(post("/v1/invoiceitems", "amount=1&currency=usd&invoice=" + invoice.getId()));
        for (String action : List.of("finalize", "pay")) {
            assertThat(refused("POST", "/v1/invoices/" + invoice.getId() + "/" + action, "")
                            .path("code")
                            .asString())
                    .isEqualTo("amount_too_large");
        }
        assertThat(eventTypes()).endsWith("invoice.finalization_failed");
        var draft = stripe.v1().invoices().retrieve(invoice.getId());
        assertThat(draft.getStatus()).isEqualTo("draft");
        assertThat(draft.getLastFinalizationError().getCode()).isEqualTo("amount_too_large");
        stripe.v1().invoiceItems().delete(one);
        assertThat(stripe.v1().invoices().pay(invoice.getId()).getAmountPaid()).isEqualTo(99_999_999);
    }

    @Test
    void listsByCustomerAndStatus() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var open = draftOf(customer, 900);
        stripe.v1().invoices().finalizeInvoice(open.getId());
        draftOf(customer, 901);
        draftOf(customerPayingWith("pm_card_visa"), 902);
        var params = InvoiceListParams.builder()
                .setCustomer(customer.getId())
                .setStatus(InvoiceListParams.Status.OPEN)
                .build();
        assertThat(stripe.v1().invoices().list(params).getData())
                .extracting(Invoice::getId)
                .containsExactly(open.getId());
    }

    @Test
    void marksUncollectibleAndStillTakesTheMoney() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 900);
        stripe.v1().invoices().finalizeInvoice(invoice.getId());
        assertThat(stripe.v1().invoices().markUncollectible(invoice.getId()).getStatus())
                .isEqualTo("uncollectible");
        assertThat(stripe.v1().invoices().pay(invoice.getId()).getStatus()).isEqualTo("paid");
    }

    @Test
    void voidingEndsThePaymentIntent() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 900);
        stripe.v1().invoices().finalizeInvoice(invoice.getId());
        assertThat(stripe.v1().invoices().voidInvoice(invoice.getId()).getStatus())
                .isEqualTo("void");
        assertThat(stripe.v1().paymentIntents().list().getData().getFirst().getStatus())
                .isEqualTo("canceled");
        assertThat(eventTypes()).endsWith("payment_intent.canceled", "invoice.voided");
    }
}
