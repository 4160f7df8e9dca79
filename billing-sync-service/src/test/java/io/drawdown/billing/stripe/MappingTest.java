package io.drawdown.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Price;
import com.stripe.net.ApiResource;
import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.InvoiceStatus;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.NextStep;
import io.drawdown.billing.domain.Packaging;
import io.drawdown.billing.domain.Replenishment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    @Nested
    class OfPrices {

        @Test
        void keepsAFractionOfACent() {
            var price = CatalogMapping.toSnapshot(price("""
                    {"id":"price_1","object":"price","product":"prod_1","active":true,"currency":"usd",
                     "billing_scheme":"per_unit","unit_amount":null,"unit_amount_decimal":"0.05",
                     "recurring":{"usage_type":"metered","meter":"mtr_1"}}"""));

            assertThat(price.unitAmount()).hasToString("0.0005 USD");
            assertThat(price.kind()).isEqualTo("metered");
            assertThat(price.meterId()).isEqualTo("mtr_1");
            assertThat(price.scheme()).isEqualTo("per-unit");
        }

        @Test
        void keepsTiersToTheLastDecimal() {
            var volume = CatalogMapping.toSnapshot(price("""
                    {"id":"price_1","product":"prod_1","active":true,"currency":"jpy","unit_amount":null,
                     "billing_scheme":"tiered","tiers_mode":"volume","recurring":{"usage_type":"licensed"},
                     "tiers":[{"up_to":5,"unit_amount":7,"unit_amount_decimal":"7","flat_amount":null},
                              {"up_to":null,"unit_amount":null,"unit_amount_decimal":"0.000000000001",
                               "flat_amount":100,"flat_amount_decimal":"100"}]}"""));

            assertThat(volume.scheme()).isEqualTo("volume");
            assertThat(volume.kind()).isEqualTo("licensed");
            assertThat(volume.unitAmount()).isNull();
            assertThat(volume.tiers())
                    .hasToString("[PriceTier[upTo=5, unitAmount=7 JPY, flatAmount=0 JPY],"
                            + " PriceTier[upTo=null, unitAmount=0.000000000001 JPY, flatAmount=100 JPY]]");
        }

        @Test
        void keepsWhatAPackageCostsAndHowItIsRounded() {
            var packaged = CatalogMapping.toSnapshot(price("""
                    {"id":"price_2","product":"prod_1","active":true,"currency":"usd","unit_amount":500,
                     "billing_scheme":"per_unit","transform_quantity":{"divide_by":10,"round":"up"}}"""));

            assertThat(packaged.scheme()).isEqualTo("package");
            assertThat(packaged.kind()).isEqualTo("one-off");
            assertThat(packaged.unitAmount()).hasToString("5.00 USD");
            assertThat(packaged.packaging()).isEqualTo(new Packaging(10, true));
        }

        private static Price price(String json) {
            return ApiResource.GSON.fromJson(json, Price.class);
        }
    }

    @Nested
    class OfInvoices {

        @Test
        void saysWhatALineIsWorthAndWhatWasPaidForIt() {
            var invoice = ApiResource.GSON.fromJson("""
                    {"id":"in_1","object":"invoice","customer":"cus_1","currency":"usd","status":"paid","created":1,
                     "subtotal":4500,"total":4050,"amount_paid":4050,"amount_remaining":0,
                     "metadata":{"drawdown_replenishment_id":"r-1","drawdown_wallet_id":"w-1"},
                     "status_transitions":{"finalized_at":2,"paid_at":3},
                     "lines":{"object":"list","has_more":false,"data":[
                       {"id":"il_1","object":"line_item","currency":"usd","amount":4500,"subtotal":4500,"quantity":45,
                        "discount_amounts":[{"amount":450,"discount":"di_1"}],
                        "pricing":{"type":"price_details","price_details":{"price":"price_1","product":"prod_1"}}}]}}
                    """, Invoice.class);

            var snapshot = InvoiceMapping.toSnapshot(invoice, invoice.getLines().getData(), List.of());

            assertThat(snapshot.status()).isEqualTo(InvoiceStatus.PAID);
            assertThat(snapshot.replenishmentId()).isEqualTo("r-1");
            assertThat(snapshot.walletId()).isEqualTo("w-1");
            assertThat(snapshot.paidAt()).hasToString("1970-01-01T00:00:03Z");
            var line = snapshot.lines().getFirst();
            assertThat(line.subtotal()).hasToString("45.00 USD");
            assertThat(line.amount()).hasToString("40.50 USD");
            assertThat(line.priceId()).isEqualTo("price_1");
            assertThat(line.quantity()).isEqualByComparingTo("45");
        }

        @Test
        void readsAnUnheardOfStatusAsUnknown() {
            var invoice = ApiResource.GSON.fromJson("{\"status\":\"gone_fishing\"}", Invoice.class);

            assertThat(InvoiceMapping.status(invoice)).isEqualTo(InvoiceStatus.UNKNOWN);
        }
    }

    @Nested
    class OfPayments {

        @Test
        void tellsADeclineFromACallForTheCustomer() {
            assertThat(progress("card_declined", "insufficient_funds"))
                    .isInstanceOfSatisfying(PaymentProgress.Failed.class, failed -> {
                        assertThat(failed.failure().reason()).isEqualTo(FailureReason.DECLINED);
                        assertThat(failed.failure().code()).isEqualTo("insufficient_funds");
                    });
            assertThat(progress("card_declined", "authentication_required"))
                    .isInstanceOfSatisfying(
                            PaymentProgress.Failed.class,
                            failed -> assertThat(failed.failure().reason()).isEqualTo(FailureReason.REQUIRES_ACTION));
        }

        @Test
        void takesProcessingAsNeitherPaidNorFailed() {
            var payment = ApiResource.GSON.fromJson("{\"status\":\"processing\"}", PaymentIntent.class);

            assertThat(PaymentMapping.progressOf(payment)).isEqualTo(new PaymentProgress.Pending());
        }

        @ParameterizedTest
        @ValueSource(strings = {"succeeded", "requires_capture"})
        void waitsForTheInvoiceToShowMoneyThatHasMoved(String status) {
            var payment = ApiResource.GSON.fromJson("""
                    {"status":"%s","last_payment_error":{"code":"card_declined","message":"An earlier try."}}""".formatted(status), PaymentIntent.class);

            assertThat(PaymentMapping.progressOf(payment)).isEqualTo(new PaymentProgress.Pending());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"status\":\"screening\"}",
                    "{\"status\":\"screening\",\"last_payment_error\":{\"code\":\"card_declined\"}}"
                })
        void doesNotTakeAnUnheardOfStatusForUntriedOrFailed(String json) {
            var payment = ApiResource.GSON.fromJson(json, PaymentIntent.class);

            assertThat(PaymentMapping.progressOf(payment)).isEqualTo(new PaymentProgress.Unknown("screening"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"requires_payment_method", "requires_confirmation"})
        void takesWhatNobodyHasTriedForUntried(String status) {
            var payment = ApiResource.GSON.fromJson("{\"status\":\"" + status + "\"}", PaymentIntent.class);

            assertThat(PaymentMapping.progressOf(payment)).isEqualTo(new PaymentProgress.Untried());
        }

        @Test
        void waitsForWhateverOfItsPaymentsMayBeUnderWay() {
            var invoice = ApiResource.GSON.fromJson("""
                    {"id":"in_1","status":"frozen","currency":"usd","subtotal":4500,"payments":{"data":[
                       {"id":"inpay_2","created":2,"status":"open","payment":{"type":"payment_intent","payment_intent":
                         {"id":"pi_2","object":"payment_intent","status":"requires_payment_method"}}},
                       {"id":"inpay_1","created":1,"status":"open","payment":{"type":"payment_intent","payment_intent":
                         {"id":"pi_1","object":"payment_intent","status":"screening"}}}]}}""", Invoice.class);

            var seen = ChargeMapping.toChargeInvoice(invoice);

            assertThat(seen.status()).isEqualTo(InvoiceStatus.UNKNOWN);
            assertThat(seen.stripeStatus()).isEqualTo("frozen");
            assertThat(seen.progress()).isEqualTo(new PaymentProgress.Unknown("screening"));
        }

        @Test
        void neitherPaysNorVoidsAnOpenInvoiceWhosePaymentSucceeded() {
            var payment = ApiResource.GSON.fromJson("{\"status\":\"succeeded\"}", PaymentIntent.class);
            var amount = new Money(new BigDecimal("45.00"), "USD");
            var charging = Replenishment.requested("r-1", "w-1", "a-1", amount, Instant.EPOCH)
                    .planned("cus_1", ChargeLine.BARE_AMOUNT);
            var open = new ChargeInvoice(
                    "in_1",
                    InvoiceStatus.OPEN,
                    "open",
                    true,
                    amount,
                    amount.none(),
                    amount,
                    null,
                    "pi_1",
                    PaymentMapping.progressOf(payment));
            var givenUp = charging.givenUp(new Failure(FailureReason.REJECTED, null, "Refused."));

            assertThat(NextStep.of(charging, open, Instant.EPOCH)).isEqualTo(new NextStep.AwaitPayment());
            assertThat(NextStep.of(givenUp, open, Instant.EPOCH)).isEqualTo(new NextStep.AwaitPayment());
        }

        @Test
        void goesByThePaymentThatTheInvoiceHasNotCountedYet() {
            var invoice = ApiResource.GSON.fromJson("""
                    {"id":"in_1","status":"open","currency":"usd","subtotal":4500,"amount_paid":2000,
                     "amount_remaining":2500,"payments":{"data":[
                       {"id":"inpay_1","created":1,"status":"open","payment":{"type":"payment_intent","payment_intent":
                         {"id":"pi_1","object":"payment_intent","status":"requires_payment_method",
                          "last_payment_error":{"code":"card_declined","message":"No."}}}},
                       {"id":"inpay_2","created":2,"status":"paid","payment":{"type":"payment_intent","payment_intent":
                         {"id":"pi_2","object":"payment_intent","status":"succeeded"}}}]}}""", Invoice.class);

            var seen = ChargeMapping.toChargeInvoice(invoice);

            assertThat(seen.paymentId()).isEqualTo("pi_1");
            assertThat(seen.isPartlyPaid()).isTrue();
            assertThat(seen.progress()).isInstanceOf(PaymentProgress.Failed.class);
        }

        private static PaymentProgress progress(String code, String declineCode) {
            return PaymentMapping.progressOf(
                    ApiResource.GSON.fromJson("""
                    {"status":"requires_payment_method",
                     "last_payment_error":{"code":"%s","decline_code":"%s","message":"No."}}""".formatted(code, declineCode), PaymentIntent.class));
        }
    }

    @Test
    void takesACardThatIsAttachedButNotDefaultForNoPaymentMethod() {
        assertThat(chargeable("{\"invoice_settings\":{\"default_payment_method\":null}}"))
                .isFalse();
        assertThat(chargeable("{\"invoice_settings\":{\"default_payment_method\":\"pm_1\"}}"))
                .isTrue();
        assertThat(chargeable("{\"default_source\":\"card_1\"}")).isTrue();
    }

    private static boolean chargeable(String json) {
        return CustomerMapping.toSnapshot(ApiResource.GSON.fromJson(json, Customer.class))
                .hasDefaultPaymentMethod();
    }
}
