package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class NextStepTest {

    static final Money AMOUNT = usd("45.00");
    static final Failure DECLINED = new Failure(FailureReason.DECLINED, "insufficient_funds", "No funds.");
    static final Failure ASKED = new Failure(FailureReason.REQUIRES_ACTION, "authentication_required", "Confirm.");
    static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
    static final PaymentProgress UNTRIED = new PaymentProgress.Untried();

    @Nested
    class WhileCharging {

        @Test
        void putsTheLineOnAnEmptyDraft() {
            assertThat(next(charging(), draft(false, "0.00"))).isEqualTo(new NextStep.AddLine());
        }

        @Test
        void finalizesADraftThatComesToTheAmount() {
            assertThat(next(charging(), draft(true, "45"))).isEqualTo(new NextStep.FinalizeInvoice());
        }

        @Test
        void givesUpADraftThatComesToSomethingElse() {
            assertThat(next(charging(), draft(true, "90.00"))).isInstanceOfSatisfying(NextStep.GiveUp.class, step -> {
                assertThat(step.failure().reason()).isEqualTo(FailureReason.REJECTED);
                assertThat(step.failure().detail()).contains("90.00 USD").contains("45.00 USD");
            });
        }

        @Test
        void paysAnOpenInvoiceThatNobodyHasTried() {
            assertThat(next(charging(), open(UNTRIED))).isEqualTo(new NextStep.Pay());
        }

        @Test
        void waitsForAPaymentThatIsProcessing() {
            assertThat(next(charging(), open(new PaymentProgress.Pending()))).isEqualTo(new NextStep.AwaitPayment());
        }

        @Test
        void givesUpAfterADeclineInsteadOfTryingAgain() {
            assertThat(next(charging(), open(new PaymentProgress.Failed(DECLINED))))
                    .isEqualTo(new NextStep.GiveUp(DECLINED));
        }

        @Test
        void endsFailedWhenSomebodyVoidedTheInvoice() {
            assertThat(next(charging(), invoice(InvoiceStatus.VOID, UNTRIED)))
                    .isInstanceOfSatisfying(
                            NextStep.SettleFailed.class,
                            step -> assertThat(step.failure().reason()).isEqualTo(FailureReason.REJECTED));
        }
    }

    @Nested
    class OnceGivenUp {

        @Test
        void voidsTheOpenInvoice() {
            assertThat(next(givenUp(), open(new PaymentProgress.Failed(DECLINED))))
                    .isEqualTo(new NextStep.VoidInvoice());
            assertThat(next(givenUp(), open(UNTRIED))).isEqualTo(new NextStep.VoidInvoice());
        }

        @Test
        void deletesTheDraft() {
            assertThat(next(givenUp(), draft(true, "45.00"))).isEqualTo(new NextStep.DeleteDraft());
        }

        @Test
        void keepsTheReasonOverTheVoiding() {
            assertThat(next(givenUp(), invoice(InvoiceStatus.VOID, UNTRIED)))
                    .isEqualTo(new NextStep.SettleFailed(DECLINED));
        }

        @Test
        void neverVoidsWhileAPaymentMayStillArrive() {
            assertThat(next(givenUp(), open(new PaymentProgress.Pending()))).isEqualTo(new NextStep.AwaitPayment());
        }

        @Test
        void staysGivenUpWhateverTheInvoiceShows() {
            assertThat(givenUp().seen(open(UNTRIED)).isGivenUp()).isTrue();
        }
    }

    @Nested
    class OncePartlyPaid {

        @ParameterizedTest
        @EnumSource(names = {"OPEN", "UNCOLLECTIBLE"})
        void neverVoidsNorGivesUp(InvoiceStatus status) {
            var invoice = partlyPaid(status, new PaymentProgress.Failed(DECLINED));

            assertThat(next(givenUp(), invoice)).isEqualTo(new NextStep.AwaitRemainder(DECLINED));
            assertThat(next(charging().partlyPaid(DECLINED), invoice)).isEqualTo(new NextStep.AwaitRemainder(DECLINED));
        }

        @Test
        void doesNotChargeTheRestByItselfAfterAFailure() {
            var partly = charging().partlyPaid(DECLINED);

            assertThat(next(
                            partly.seen(partlyPaid(InvoiceStatus.OPEN, UNTRIED)),
                            partlyPaid(InvoiceStatus.OPEN, UNTRIED)))
                    .isEqualTo(new NextStep.AwaitRemainder(DECLINED));
        }

        @Test
        void chargesTheRestWhenNothingHasFailed() {
            assertThat(next(charging(), partlyPaid(InvoiceStatus.OPEN, UNTRIED)))
                    .isEqualTo(new NextStep.Pay());
        }
    }

    @Nested
    class OfWhatOnlyANewerVersionKnows {

        final PaymentProgress screening = new PaymentProgress.Unknown("screening");

        @Test
        void neitherVoidsNorGivesUpAnInvoiceOfAnUnknownStatus() {
            var suspended = invoice(InvoiceStatus.UNKNOWN, new PaymentProgress.Failed(DECLINED));

            assertWaits(charging(), suspended, "suspended");
            assertWaits(givenUp(), suspended, "suspended");
            assertWaits(charging(), partlyPaid(InvoiceStatus.UNKNOWN, UNTRIED), "suspended");
            assertWaits(awaitingCustomerUntil(NOW), suspended, "suspended");
        }

        @ParameterizedTest
        @EnumSource(names = {"OPEN", "UNCOLLECTIBLE"})
        void neitherPaysNorVoidsWhileAPaymentIsOfAnUnknownStatus(InvoiceStatus status) {
            assertWaits(charging(), invoice(status, screening), "screening");
            assertWaits(givenUp(), invoice(status, screening), "screening");
            assertWaits(awaitingCustomerUntil(NOW), partlyPaid(status, screening), "screening");
        }

        @Test
        void staysInItsStage() {
            var suspended = invoice(InvoiceStatus.UNKNOWN, UNTRIED);

            assertThat(charging().itemized().seen(suspended).stage()).isEqualTo(Stage.ITEMIZED);
            assertThat(charging().awaitingPayment().seen(suspended).stage()).isEqualTo(Stage.PROCESSING);
        }

        private void assertWaits(Replenishment replenishment, ChargeInvoice invoice, String because) {
            assertThat(next(replenishment, invoice))
                    .isInstanceOfSatisfying(
                            NextStep.AwaitNewerVersion.class,
                            step -> assertThat(step.detail()).contains(because));
        }
    }

    @Test
    void doesNotWriteOffAPaymentThatIsUnderWay() {
        var writtenOff = invoice(InvoiceStatus.UNCOLLECTIBLE, new PaymentProgress.Pending());

        assertThat(next(charging(), writtenOff)).isEqualTo(new NextStep.AwaitPayment());
        assertThat(next(givenUp(), writtenOff)).isEqualTo(new NextStep.AwaitPayment());
    }

    @Nested
    class WhileTheCustomerIsAsked {

        final ChargeInvoice asked = open(new PaymentProgress.Failed(ASKED));

        @Test
        void waitsInsteadOfVoiding() {
            assertThat(next(charging(), asked)).isEqualTo(new NextStep.AwaitCustomer(ASKED));
            assertThat(next(awaitingCustomerUntil(NOW.plusSeconds(1)), asked))
                    .isEqualTo(new NextStep.AwaitCustomer(ASKED));
        }

        @Test
        void neverPaysByItself() {
            assertThat(next(awaitingCustomerUntil(NOW.plusSeconds(1)), open(UNTRIED)))
                    .isEqualTo(new NextStep.AwaitCustomer(ASKED));
        }

        @Test
        void goesOnWaitingWhenTheCustomersCardIsDeclined() {
            assertThat(next(awaitingCustomerUntil(NOW.plusSeconds(1)), open(new PaymentProgress.Failed(DECLINED))))
                    .isEqualTo(new NextStep.AwaitCustomer(DECLINED));
        }

        @Test
        void givesUpAtTheDeadline() {
            assertThat(next(awaitingCustomerUntil(NOW), asked)).isEqualTo(new NextStep.GiveUp(ASKED));
            assertThat(next(awaitingCustomerUntil(NOW), open(UNTRIED))).isEqualTo(new NextStep.GiveUp(ASKED));
        }

        @Test
        void leavesAPaymentAloneThatTheCustomerHasConfirmed() {
            assertThat(next(awaitingCustomerUntil(NOW), open(new PaymentProgress.Pending())))
                    .isEqualTo(new NextStep.AwaitPayment());
        }

        @Test
        void keepsTheFirstDeadline() {
            var first = awaitingCustomerUntil(NOW.plusSeconds(1));

            var again = first.awaitingCustomer(ASKED, new CustomerWait(NOW, NOW.plusSeconds(999), null));

            assertThat(again.customerWait()).isEqualTo(first.customerWait());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"PAID", "FAILED"},
            mode = Mode.EXCLUDE)
    void countsAPaidInvoiceAsPaidInEveryStage(Stage stage) {
        var replenishment = stage == Stage.VOIDING ? givenUp() : charging();
        assertThat(next(replenishment, invoice(InvoiceStatus.PAID, UNTRIED))).isEqualTo(new NextStep.SettlePaid());
    }

    @Test
    void derivesTheSameKeyForEveryTryOfAStep() {
        var replenishment = charging();
        assertThat(replenishment.key("pay")).isEqualTo("replenishment:r-1:pay");
        assertThat(replenishment.seen(open(UNTRIED)).key("pay")).isEqualTo("replenishment:r-1:pay");
        assertThat(replenishment.withFreshKeys().key("pay")).isEqualTo("replenishment:r-1:pay:1");
    }

    private static NextStep next(Replenishment replenishment, ChargeInvoice invoice) {
        return NextStep.of(replenishment, invoice, NOW);
    }

    private static Replenishment charging() {
        return Replenishment.requested("r-1", "w-1", "a-1", AMOUNT, Instant.parse("2026-11-02T10:00:00Z"))
                .planned("cus_1", ChargeLine.BARE_AMOUNT);
    }

    private static Replenishment givenUp() {
        return charging().givenUp(DECLINED);
    }

    private static ChargeInvoice draft(boolean hasLines, String subtotal) {
        return new ChargeInvoice(
                "in_1",
                InvoiceStatus.DRAFT,
                "draft",
                hasLines,
                usd(subtotal),
                usd("0"),
                usd(subtotal),
                null,
                null,
                UNTRIED);
    }

    private static ChargeInvoice open(PaymentProgress progress) {
        return invoice(InvoiceStatus.OPEN, progress);
    }

    private static ChargeInvoice invoice(InvoiceStatus status, PaymentProgress progress) {
        var paid = usd(status == InvoiceStatus.PAID ? "45" : "0");
        var remaining = usd(status == InvoiceStatus.PAID ? "0" : "45");
        return new ChargeInvoice(
                "in_1", status, word(status), true, AMOUNT, paid, remaining, "https://pay", "pi_1", progress);
    }

    private static ChargeInvoice partlyPaid(InvoiceStatus status, PaymentProgress progress) {
        return new ChargeInvoice(
                "in_1",
                status,
                word(status),
                true,
                AMOUNT,
                usd("20.00"),
                usd("25.00"),
                "https://pay",
                "pi_1",
                progress);
    }

    private static String word(InvoiceStatus status) {
        return status == InvoiceStatus.UNKNOWN ? "suspended" : status.name().toLowerCase(Locale.ROOT);
    }

    private static Replenishment awaitingCustomerUntil(Instant until) {
        return charging().awaitingCustomer(ASKED, new CustomerWait(NOW.minusSeconds(60), until, "https://pay"));
    }

    private static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }
}
