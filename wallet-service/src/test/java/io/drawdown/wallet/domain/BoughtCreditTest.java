package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line "a" of a paid invoice that buys 100 for 90 and has terms, and what becomes of its credit when the money goes back. */
class BoughtCreditTest {

    static final GrantId BOUGHT = GrantId.ofInvoiceLine("a");
    static final GrantId BONUS = GrantId.ofBonus("a");
    static final Validity A_MONTH = new Validity(1, 0);
    static final Instant END = Instant.parse("2026-12-20T10:00:00Z");
    static final Instant LATER = Instant.parse("2026-12-22T10:00:00Z");
    static final Bonus A_TENTH = new Bonus.Share(new BigDecimal("0.1"));
    static final Rollover ALL = new Rollover(new Rollover.Share(BigDecimal.ONE), A_MONTH);

    final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, NOW);

    @Test
    void isAsItsTermsSayAndItsBonusIsGivenBesideIt() {
        var rollover = new Rollover(new Rollover.Most(usd("20")), A_MONTH);
        buy(new CreditTerms(A_MONTH, List.of("mtr"), 10, A_TENTH, rollover));
        assertThat(wallet.events().stream().skip(1))
                .map(event -> (CreditGranted) event)
                .extracting(
                        CreditGranted::grantId,
                        CreditGranted::amount,
                        CreditGranted::costBasis,
                        CreditGranted::kind,
                        CreditGranted::priority,
                        CreditGranted::effectiveAt,
                        CreditGranted::expiresAt,
                        CreditGranted::meterIds,
                        CreditGranted::rollover)
                .containsExactly(
                        tuple(BOUGHT, usd("100"), usd("90"), GrantKind.PAID, 10, NOW, END, List.of("mtr"), rollover),
                        tuple(
                                BONUS,
                                usd("10"),
                                usd("0"),
                                GrantKind.PROMOTIONAL,
                                10,
                                NOW,
                                END,
                                List.of("mtr"),
                                rollover));
    }

    @Test
    void comesOnceHoweverOftenTheInvoiceIsTold() {
        buy(terms(A_MONTH, A_TENTH));
        wallet.handle(new SettleDue(WALLET, END));
        buy(terms(A_MONTH, A_TENTH));
        assertThat(wallet.settled()).isEqualTo(usd("0"));
        assertThat(wallet.events()).filteredOn(CreditGranted.class::isInstance).hasSize(2);
    }

    @Test
    void whatRepaysAnOverdraftDoesSoWithTheBonusToo() {
        wallet.handle(drawDownAt(NOW, "105"));
        buy(terms(A_MONTH, A_TENTH));
        assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
        assertThat(left(BONUS)).isEqualTo(usd("5"));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 333, 33.3", "KWD, 0.005, 0.0005", "USD, 19.99, 1.999"})
    void theBonusOfAShareIsExactInEveryCurrency(String currency, String amount, String bonus) {
        var money = Money.of(amount, Currency.getInstance(currency));
        var line = new CreditLine("a", money, money, null, terms(null, A_TENTH));
        assertThat(line.grants(NOW, Zone.UTC).getLast().remaining().numeral()).isEqualTo(bonus);
    }

    @ParameterizedTest
    @CsvSource({"USD, 12, 0.60", "USD, 2.5, 0.125", "USD,, 0", "EUR, 12, 0"})
    void theBonusOfAnAmountIsForEachUnitInItsOwnCurrency(String currency, @Nullable BigDecimal quantity, String bonus) {
        var perUnit = new Bonus.PerUnit(usd("0.05"));
        var worth = Money.of("12", Currency.getInstance(currency));
        var line = new CreditLine("a", worth, worth, quantity, terms(null, perUnit));
        assertThat(perUnit.on(line).amount()).isEqualByComparingTo(bonus);
        assertThat(line.grants(NOW, Zone.UTC)).hasSize(bonus.equals("0") ? 1 : 2);
    }

    @Test
    void anAmountThatRollsOverSaysNothingInAnotherCurrency() {
        var euros = new Rollover(new Rollover.Most(Money.of("5", Currency.getInstance("EUR"))), A_MONTH);
        buy(new CreditTerms(A_MONTH, List.of(), 50, null, euros));
        wallet.handle(new SettleDue(WALLET, END));
        assertThat(wallet.settled()).isEqualTo(usd("0"));
    }

    @Nested
    class WhenTheMoneyGoesBack {

        @Test
        void theBonusGoesInProportionAndCostNothing() {
            buy(terms(A_MONTH, A_TENTH));
            refund("30", NOW);
            assertThat(clawed(BOUGHT).amount()).isEqualTo(usd("33.333333333333"));
            assertThat(clawed(BONUS).amount()).isEqualTo(usd("3.333333333333"));
            assertThat(clawed(BONUS).costBasis()).isEqualTo(usd("0"));
            refund("90", NOW);
            assertThat(wallet.settled()).isEqualTo(usd("0"));
        }

        @Test
        void aSpentBonusIsOwedAndComesBackWithTheMoney() {
            buy(terms(null, A_TENTH));
            wallet.handle(drawDownAt(NOW, "10"));
            refund("90", NOW);
            assertThat(wallet.settled()).isEqualTo(usd("-10"));
            refund("0", NOW);
            assertThat(wallet.settled()).isEqualTo(usd("100"));
            assertThat(left(BOUGHT).plus(left(BONUS))).isEqualTo(usd("100"));
        }

        @Test
        void whatExpiredUnspentIsNotOwed() {
            buy(terms(A_MONTH, A_TENTH));
            wallet.handle(drawDownAt(NOW, "50"));
            wallet.handle(new SettleDue(WALLET, END));
            refund("90", END);
            assertThat(clawed(BOUGHT).lost()).isEqualTo(usd("60"));
            assertThat(wallet.settled()).as("what was spent").isEqualTo(usd("-50"));
            refund("0", END.plusSeconds(1));
            assertThat(wallet.settled()).as("what expired stays expired").isEqualTo(usd("0"));
        }

        @Test
        void aBonusThatWasTakenBackIsNotTakenTwice() {
            buy(terms(A_MONTH, A_TENTH));
            wallet.handle(new VoidGrant(WALLET, BONUS, "mistake", NOW));
            refund("90", NOW);
            assertThat(wallet.settled()).isEqualTo(usd("0"));
        }

        @Test
        void whatRolledOverGoesBeforeAnythingIsOwed() {
            buy(new CreditTerms(A_MONTH, List.of("mtr"), 50, null, ALL));
            wallet.handle(drawDownAt(NOW, "25"));
            wallet.handle(new SettleDue(WALLET, END));
            refund("45", END);
            assertThat(clawed(BOUGHT).overdraft()).isEqualTo(usd("0"));
            assertThat(wallet.settled()).isEqualTo(usd("25"));
            refund("90", END);
            assertThat(wallet.settled()).isEqualTo(usd("-25"));
        }

        /** In whichever order: nobody has used it. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whatWasHeldAndComesBackAfterTheEndIsNotOwed(boolean refundFirst) {
            buy(terms(A_MONTH, null));
            hold("40");
            if (refundFirst) {
                refund("90", NOW);
                assertThat(wallet.settled()).as("what is held").isEqualTo(usd("0"));
                assertThat(wallet.state().overdraft()).isEqualTo(usd("40"));
            }
            wallet.handle(new SettleDue(WALLET, LATER));
            refund("90", LATER);
            assertThat(wallet.settled()).isEqualTo(usd("0"));
            assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whatWasUsedAndIsVoidedAfterTheEndIsNotOwed(boolean refundFirst) {
            buy(terms(A_MONTH, null));
            wallet.handle(drawDownAt(NOW, "40"));
            if (refundFirst) {
                refund("90", NOW);
                assertThat(wallet.settled()).as("what was used").isEqualTo(usd("-40"));
            }
            wallet.handle(new SettleDue(WALLET, LATER));
            voidUsage("40", LATER);
            refund("90", LATER);
            assertThat(wallet.settled()).isEqualTo(usd("0"));
            assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
        }

        /** What came back in time has repaid what was owed of it: what comes back too late has no more to repay. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whatComesBackInTimeIsOwedNoMore(boolean refundFirst) {
            buy(terms(A_MONTH, null));
            wallet.handle(drawDownAt(NOW, "100"));
            if (refundFirst) {
                refund("27", NOW);
            }
            voidUsage("100", NOW);
            refund("27", NOW);
            useAllAndMore();
            voidUsage("70", LATER);
            assertThat(wallet.settled()).as("what was used beyond it").isEqualTo(usd("-50"));
        }

        private void useAllAndMore() {
            wallet.handle(drawDownAt(NOW, "70"));
            wallet.handle(drawDownAt(NOW, "50"));
            assertThat(wallet.state().overdraft()).isEqualTo(usd("50"));
        }

        /** The same when it is another reversal's credit that comes in again and repays it. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whatComesInAgainRepaysWhatAnotherReversalLeftOwed(boolean wonLast) {
            buy(terms(A_MONTH, null));
            wallet.handle(drawDownAt(NOW, "60"));
            reverse("du_1", "63", NOW);
            if (!wonLast) {
                reverse("du_1", "0", NOW);
            }
            refund("27", NOW);
            reverse("du_1", "0", NOW);
            assertThat(wallet.settled()).isEqualTo(usd("10"));
            wallet.handle(drawDownAt(NOW, "60"));
            voidUsage("60", LATER);
            assertThat(wallet.settled()).as("what was used beyond it").isEqualTo(usd("-50"));
        }

        @Test
        void whatWasHeldOfABonusThatWasTakenBackIsNotOwed() {
            buy(terms(A_MONTH, A_TENTH));
            hold("4"); // Of the bonus, which is spent first.
            wallet.handle(new VoidGrant(WALLET, BONUS, "mistake", NOW));
            refund("90", NOW);
            wallet.handle(new SettleDue(WALLET, LATER));
            assertThat(wallet.settled()).isEqualTo(usd("0"));
            assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
        }

        /** Else it would be lost, and what was bought since have paid for it. */
        @Test
        void whatComesBackToCreditForSomeMetersRepaysWhatIsOwedOfItAtOnce() {
            buy(new CreditTerms(A_MONTH, List.of("mtr"), 50, null, null));
            wallet.handle(drawDownAt(NOW, "40"));
            refund("90", NOW);
            voidUsage("40", NOW);
            assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
            assertThat(left(BOUGHT)).isEqualTo(usd("0"));
            assertThat(wallet.state().nextDueAt()).isNull();
        }

        @Test
        void whatOtherCreditHasRepaidByThenIsLost() {
            buy(terms(A_MONTH, null));
            hold("40");
            refund("90", NOW);
            wallet.handle(gift("50"));
            wallet.handle(new SettleDue(WALLET, LATER));
            assertThat(wallet.settled()).isEqualTo(usd("10"));
            assertThat(wallet.events().getLast()).isInstanceOf(GrantExpired.class);
        }

        @Test
        void whatCameBackTooLateIsTakenOnceAndComesInAgainWithTheMoney() {
            buy(terms(A_MONTH, null));
            hold("40");
            refund("90", NOW);
            wallet.handle(new SettleDue(WALLET, LATER));
            refund("0", LATER);
            assertThat(wallet.settled()).isEqualTo(usd("100"));
            assertThat(left(BOUGHT)).isEqualTo(usd("100"));
            refund("90", LATER);
            assertThat(wallet.settled()).isEqualTo(usd("0"));
            assertThat(wallet.state().overdraft()).isEqualTo(usd("0"));
        }

        /** It was never theirs to repay: what is voided later comes back to what did. */
        @Test
        void whatRepaidItsOwnHasPaidForNoUsage() {
            buy(terms(A_MONTH, null));
            hold("40");
            refund("90", NOW);
            wallet.handle(new SettleDue(WALLET, LATER));
            assertThat(wallet.state().consumption().repayments()).isEmpty();
        }

        /** A history may say so: what repaid its own once counted as a repayment of anything. */
        @Test
        void usageIsVoidedThatComesBackToWhatHasRepaidItsOwn() {
            buy(new CreditTerms(A_MONTH, List.of("mtr"), 50, null, null));
            wallet.handle(drawDownAt(NOW, "40"));
            refund("90", NOW);
            wallet.handle(new WalletCommand.DrawDown(WALLET, List.of(otherMeter("20")), NOW));
            voidUsage("40", NOW);
            wallet.handle(gift("20"));
            var after = WalletState.evolve(wallet.state(), voidedToBought("20"));
            assertThat(after.settled()).isEqualTo(usd("20"));
            assertThat(after.remainingOf(BOUGHT)).isEqualTo(usd("20"));
            assertThat(after.consumption().repayments())
                    .extracting(Grant::id, Grant::remaining)
                    .containsExactly(tuple(new GrantId("gift"), usd("20")));
        }

        private UsageAdjusted voidedToBought(String amount) {
            var before = new Measure("price", BigDecimal.ONE, NOW, usd(amount));
            return new UsageAdjusted(
                    new EventHeader(WALLET, ACCOUNT, wallet.state().version(), NOW),
                    new UsageAdjustment("/test", "u", "mtr_other", before, null, null, null, null),
                    usd(amount).negated(),
                    List.of(),
                    List.of(Grant.of((CreditGranted) wallet.events().get(1), usd(amount))),
                    List.of(),
                    usd("0"),
                    usd(amount));
        }

        /** The dispute outlasts the credit: it was paid for after all. */
        @Test
        void creditThatEndedMeanwhileMayBeSpentAsLongAsWhenItWasBought() {
            buy(terms(A_MONTH, null));
            refund("90", NOW.plus(Duration.ofDays(1)));
            var won = END.plus(Duration.ofDays(40));
            refund("0", won);
            assertThat(wallet.settled()).isEqualTo(usd("100"));
            assertThat(wallet.state().nextDueAt()).isEqualTo(won.plus(Duration.between(NOW, END)));
        }

        @Test
        void creditForSomeMetersRepaysOnlyWhatItOwes() {
            buy(new CreditTerms(null, List.of("mtr"), 50, null, null));
            wallet.handle(drawDownAt(NOW, "40"));
            refund("90", NOW);
            wallet.handle(new WalletCommand.DrawDown(WALLET, List.of(otherMeter("7")), NOW));
            assertThat(wallet.settled()).isEqualTo(usd("-47"));
            refund("0", NOW);
            assertThat(wallet.state().overdraft()).isEqualTo(usd("7"));
            assertThat(left(BOUGHT)).isEqualTo(usd("60"));
            assertThat(wallet.events().getLast())
                    .isInstanceOfSatisfying(
                            CreditGivenBack.class,
                            given -> assertThat(given.overdraftRepaid()).isEqualTo(usd("40")));
        }
    }

    /** Past the end of what was bought. */
    private void hold(String amount) {
        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_1"), usd(amount), null, LATER, null, NOW));
    }

    /** The one usage event, which has burned bought credit. */
    private void voidUsage(String amount, Instant at) {
        var granted = (CreditGranted) wallet.events().get(1);
        var before = new Measure("price", BigDecimal.ONE, NOW, usd(amount));
        wallet.handle(new AdjustUsage(
                WALLET,
                new UsageAdjustment("/test", "u0", "mtr", before, null, null, null, null),
                usd(amount).negated(),
                new Burned(List.of(Grant.of(granted, usd(amount))), usd("0")),
                at));
    }

    private static UsageLine otherMeter(String amount) {
        return new UsageLine("/test", "u", "mtr_other", "price", BigDecimal.ONE, usd(amount), NOW, null);
    }

    private static GiveCredit gift(String amount) {
        return new GiveCredit(WALLET, new GrantId("gift"), usd(amount), 50, null, null, List.of(), null, "a test", NOW);
    }

    private static CreditTerms terms(@Nullable Validity validFor, @Nullable Bonus bonus) {
        return new CreditTerms(validFor, List.of(), 50, bonus, null);
    }

    private void buy(CreditTerms terms) {
        wallet.handle(new CreditPaidInvoice(WALLET, "in", null, List.of(line(terms)), NOW));
    }

    private static CreditLine line(CreditTerms terms) {
        return new CreditLine("a", usd("100"), usd("90"), new BigDecimal("100"), terms);
    }

    /** Of the 90 that were paid, to the bought credit and to its bonus if it had one. */
    private void refund(String takenBack, Instant at) {
        reverse("re_1", takenBack, at);
    }

    private void reverse(String reversalId, String takenBack, Instant at) {
        wallet.events().stream()
                .filter(CreditGranted.class::isInstance)
                .map(event -> (CreditGranted) event)
                .map(granted -> new ReversedGrant(Grant.of(granted, granted.amount()), usd("90"), usd(takenBack)))
                .toList()
                .forEach(reversed -> wallet.handle(new FollowReversal(WALLET, reversalId, "refund", reversed, at, at)));
    }

    private CreditClawedBack clawed(GrantId id) {
        return wallet.events().stream()
                .filter(CreditClawedBack.class::isInstance)
                .map(event -> (CreditClawedBack) event)
                .filter(clawed -> clawed.grantId().equals(id))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private Money left(GrantId id) {
        return wallet.state().remainingOf(id);
    }
}
