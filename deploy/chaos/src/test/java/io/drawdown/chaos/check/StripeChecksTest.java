package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Money at Stripe beside the ledger: each check is made to fail once. */
class StripeChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Accounts ACCOUNTS = Accounts.of(9, 0);
    private static final String GOOD = ACCOUNTS.ids().stream()
            .filter(id -> !ACCOUNTS.declines(id))
            .findFirst()
            .orElseThrow();
    private static final String DECLINES =
            ACCOUNTS.ids().stream().filter(ACCOUNTS::declines).findFirst().orElseThrow();

    private final List<JsonNode> invoices = new ArrayList<>();
    private final List<JsonNode> charges = new ArrayList<>();

    @Test
    void areContentWithATopUpThatIsPaidOnceAndCredited() {
        paid("r1", 2000);
        charged(2000);
        charged(0);

        assertThat(violations(requested("r1"), granted("r1", "20"))).isEmpty();
    }

    @Test
    void seeATopUpThatIsPaidTwice() {
        paid("r1", 2000);
        paid("r1", 2000);
        charged(4000);

        assertThat(violations(requested("r1"), granted("r1", "40"))).contains("r1 was paid by 2 invoices");
    }

    @Test
    void seeATopUpThatNobodyAskedFor() {
        paid("r2", 2000);
        charged(2000);

        assertThat(violations(granted("r2", "20"))).containsExactly("r2 was paid by 1 invoices and never asked for");
    }

    @Test
    void seeOneInvoiceThatIsCapturedTwice() {
        paid("r1", 2000);
        charged(2000);
        charged(2000);

        assertThat(violations(requested("r1"), granted("r1", "20")))
                .containsExactly("cus_1 was charged 40.00 and has paid invoices of 20.00");
    }

    @Test
    void seeWhatIsPaidAndNotCredited() {
        paid("r1", 2000);
        charged(2000);

        assertThat(violations(requested("r1")))
                .containsExactly(
                        "r1: asked for is 20, Stripe has captured 20.00, the ledger has credited 0 at a cost of 0");
        assertThat(violations(requested("r1"), granted("r1", "19.99")))
                .containsExactly(
                        "r1: asked for is 20, Stripe has captured 20.00, the ledger has credited 19.99 at a cost of 19.99");
    }

    @Test
    void seeWhatIsChargedAndWasNotAskedFor() {
        paid("r1", 5000);
        charged(5000);

        assertThat(violations(requested("r1"), granted("r1", "50")))
                .containsExactly(
                        "r1: asked for is 20, Stripe has captured 50.00, the ledger has credited 50 at a cost of 50");
    }

    @Test
    void seeMoreCreditThanWasPaidFor() {
        var granted = granted("r1", "200");
        granted.setCostBasis(new Money("20", "USD"));
        paid("r1", 2000);
        charged(2000);

        assertThat(violations(requested("r1"), granted))
                .containsExactly(
                        "r1: asked for is 20, Stripe has captured 20.00, the ledger has credited 200 at a cost of 20");
    }

    @Test
    void seeWhatIsCreditedAndNotPaid() {
        assertThat(violations(requested("r1"), granted("r1", "20"))).containsExactly("r1 was credited and not paid");
    }

    @Test
    void seeATopUpThatFailsAlthoughItWasPaidOrTheCardIsGood() {
        assertThat(violations(failed("r1", DECLINES))).isEmpty();
        assertThat(violations(failed("r1", GOOD)))
                .singleElement()
                .asString()
                .startsWith("r1 failed (card_declined) although it was paid");

        paid("r1", 2000);
        charged(2000);
        assertThat(violations(requested("r1"), granted("r1", "20"), failed("r1", DECLINES)))
                .singleElement()
                .asString()
                .startsWith("r1 failed (card_declined) although it was paid");
    }

    private List<String> violations(SpecificRecord... events) {
        var catalogue = new Catalogue(Map.of(), "price_credit");
        return new StripeChecks(
                        WalletTopic.of(List.of(events)),
                        ACCOUNTS,
                        catalogue,
                        path -> path.equals("/v1/charges") ? charges : invoices)
                .all().stream().flatMap(check -> check.violations().stream()).toList();
    }

    private void paid(String replenishment, int cents) {
        invoices.add(json("{'customer': 'cus_1', 'amount_paid': %d, 'metadata': {'drawdown_replenishment_id': '%s'}}"
                .formatted(cents, replenishment)));
    }

    private void charged(int cents) {
        charges.add(json("{'customer': 'cus_1', 'amount_captured': %d}".formatted(cents)));
    }

    private static ReplenishRequested requested(String id) {
        return ReplenishRequested.newBuilder()
                .setWalletId(Accounts.walletOf(GOOD))
                .setAccountId(GOOD)
                .setSequence(1)
                .setRecordedAt(NOON)
                .setReplenishmentId(id)
                .setAmount(new Money("20", "USD"))
                .setThreshold("10")
                .setAvailable("0")
                .build();
    }

    private static CreditGranted granted(String replenishment, String amount) {
        return CreditGranted.newBuilder()
                .setWalletId(Accounts.walletOf(GOOD))
                .setAccountId(GOOD)
                .setSequence(2)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setReplenishmentId(replenishment)
                .setAmount(new Money(amount, "USD"))
                .setCostBasis(new Money(amount, "USD"))
                .setKind(GrantKind.PAID)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(null)
                .setOverdraftRepaid("0")
                .setInvoiceLineId("il_1")
                .setSettledAfter(amount)
                .build();
    }

    private static ReplenishSettled failed(String id, String account) {
        return ReplenishSettled.newBuilder()
                .setWalletId(Accounts.walletOf(account))
                .setAccountId(account)
                .setSequence(3)
                .setRecordedAt(NOON)
                .setReplenishmentId(id)
                .setOutcome(ReplenishmentOutcome.FAILED)
                .setReason("card_declined")
                .setDetail("Your card was declined.")
                .setNextAttemptAt(NOON.plusSeconds(60))
                .build();
    }

    private static JsonNode json(String singleQuoted) {
        return JsonMapper.shared().readTree(singleQuoted.replace('\'', '"'));
    }
}
