package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.model.Charge;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.stripe.OtherAccount;
import io.drawdown.sandbox.SandboxOptions;
import io.drawdown.sandbox.StripeSandbox;
import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** With the key of another account every invoice seems to be gone; only a draft of one's own account can be. */
class OtherAccountIT extends ReplenishmentPlatform {

    private static final StripeSandbox OTHER = StripeSandbox.start(SandboxOptions.defaults());
    private static final Failure DECLINED = new Failure(FailureReason.DECLINED, "insufficient_funds", "No funds.");

    @Autowired
    Charging charging;

    @Autowired
    SyncProperties properties;

    Charging byOtherKey;

    @BeforeEach
    void takeAnotherKey() {
        byOtherKey = new Charging(OtherAccount.chargesAt(OTHER.baseUrl()), properties, clock);
    }

    @AfterAll
    static void stop() {
        OTHER.close();
    }

    @Test
    void doesNotEndAChargeWhoseAnswerWasLost() {
        var customer = customerWith("pm_card_visa");
        var finalized = step(itemized(customer));
        stripe.trouble("error-after", "POST", "/v1/invoices/*/pay", 500, 1);
        assertThatThrownBy(() -> step(finalized)).isInstanceOf(StripeFailure.OutcomeUnknown.class);

        assertWaits(finalized);

        assertThat(step(finalized).stage()).isEqualTo(Stage.PAID);
        assertThat(stripe.chargesOf(customer)).filteredOn(Charge::getPaid).hasSize(1);
    }

    /** What a step did whose answers were all lost is more than was stored: the draft may have been charged since. */
    @Test
    void doesNotEndAChargeThatWasLastSeenAsADraft() {
        var drafted = step(planned(customer()));

        assertWaits(drafted);
        assertWaits(step(drafted));
    }

    @Test
    void doesNotEndAChargeThatIsGivenUp() {
        var customer = customer();

        assertWaits(itemized(customer).givenUp(DECLINED));
        assertWaits(step(itemized(customer)).givenUp(DECLINED));
    }

    @Test
    void endsAChargeWhoseDraftWasDeletedInItsOwnAccount() {
        var itemized = itemized(customer());
        stripe.call(client -> client.v1().invoices().delete(invoiceOf(itemized)));

        var ended = step(itemized);

        assertThat(ended.stage()).isEqualTo(Stage.FAILED);
        assertThat(Objects.requireNonNull(ended.failure()).detail()).contains("deleted in Stripe");
        assertThat(step(itemized.givenUp(DECLINED)).failure()).isEqualTo(DECLINED);
    }

    @Test
    void endsAChargeWhoseDraftWentWithItsCustomer() {
        var customer = customer();
        var itemized = itemized(customer);
        stripe.call(client -> client.v1().invoices().delete(invoiceOf(itemized)));
        stripe.call(client -> client.v1().customers().delete(customer));

        assertThat(step(itemized).stage()).isEqualTo(Stage.FAILED);
    }

    private void assertWaits(Replenishment replenishment) {
        assertThatThrownBy(() -> byOtherKey.advance(replenishment))
                .isInstanceOf(StripeFailure.Busy.class)
                .hasMessageContaining(invoiceOf(replenishment))
                .hasMessageContaining("another account");
    }

    private Replenishment itemized(String customer) {
        return step(step(planned(customer)));
    }

    private Replenishment planned(String customer) {
        var amount = new Money(new BigDecimal("45.00"), "USD");
        return Replenishment.requested(unique("rep"), "w", account, amount, clock.instant())
                .planned(customer, ChargeLine.BARE_AMOUNT);
    }

    private Replenishment step(Replenishment replenishment) {
        return charging.advance(replenishment).state();
    }

    private static String invoiceOf(Replenishment replenishment) {
        return Objects.requireNonNull(replenishment.invoiceId());
    }
}
