package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class NextStepTest {

    static final Money AMOUNT = usd("45.00");
    static final Failure DECLINED = new Failure(FailureReason.DECLINED, "insufficient_funds", "No funds.");
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
        return NextStep.of(replenishment, invoice);
    }

    private static Replenishment charging() {
        return Replenishment.requested("r-1", "w-1", "a-1", AMOUNT, Instant.parse("2026-11-02T10:00:00Z"))
                .planned("cus_1", ChargeLine.BARE_AMOUNT);
    }

    private static Replenishment givenUp() {
        return charging().givenUp(DECLINED);
    }

    private static ChargeInvoice draft(boolean hasLines, String subtotal) {
        return new ChargeInvoice("in_1", InvoiceStatus.DRAFT, hasLines, usd(subtotal), null, UNTRIED);
    }

    private static ChargeInvoice open(PaymentProgress progress) {
        return invoice(InvoiceStatus.OPEN, progress);
    }

    private static ChargeInvoice invoice(InvoiceStatus status, PaymentProgress progress) {
        return new ChargeInvoice("in_1", status, true, AMOUNT, "pi_1", progress);
    }

    private static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }
}
