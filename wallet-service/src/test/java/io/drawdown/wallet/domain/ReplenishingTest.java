package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.give;
import static io.drawdown.wallet.domain.Given.open;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Top-ups over time: sizes, caps, gaps, declines. */
class ReplenishingTest {

    static final Instant NEXT_MONTH = Instant.parse("2026-12-01T00:00:00Z");

    private final List<WalletEvent> events = new ArrayList<>();
    private WalletState wallet = WalletState.evolve(null, Decisions.open(open()));
    private Instant at = NOW;

    @Test
    void fillsUpToTheTargetInWholeCents() {
        replenish(policy("50", "0", "200", null, Duration.ZERO, 0));
        spend("0.000015");
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("200.01"));
    }

    /** The currency decides what a whole unit is; of three decimals two can be charged. */
    @ParameterizedTest
    @CsvSource({"JPY,200.5,201", "USD,200.001,200.01", "KWD,200.001,200.01", "EUR,200.01,200.01"})
    void roundsUpToWhatCanBeCharged(String currency, String amount, String charged) {
        var money = Money.of(amount, Currency.getInstance(currency));
        assertThat(money.roundedUpToMinorUnit()).isEqualTo(Money.of(charged, Currency.getInstance(currency)));
    }

    @Test
    void refusesAPolicyThatCannotBeCharged() {
        assertThatThrownBy(() -> replenish(policy("50", "0.001", null, null, Duration.ZERO, 0)))
                .isInstanceOf(WalletRejection.UnchargeableAmount.class);
        assertThatThrownBy(() -> policy("50", "0", "50", null, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void landingExactlyOnTheThresholdAsksForNothing() {
        replenish(policy("50", "200", null, null, Duration.ZERO, 0));
        credit("100");
        spend("50");
        assertThat(requests()).isEmpty();
        spend("0.000000000001");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aHundredEvaluationsAskOnceWhileOneIsPending() {
        replenish(policy("50", "200", null, null, Duration.ZERO, 0));
        for (int i = 0; i < 100; i++) {
            later(Duration.ofHours(7));
            spend("1");
            run(new SettleDue(WALLET, at));
        }
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aDecliningCardIsTriedAtMostOncePerBackOffHoweverMuchIsUsed() {
        replenish(policy("50", "200", null, null, Duration.ZERO, 0));
        for (int i = 0; i < 10_000; i++) {
            later(Duration.ofSeconds(30));
            spend("0.01");
            decline();
        }
        // 10,000 × 30 s are 83 hours; tried at 0, 1, 3, 7, 15, 31, 55 and 79 hours.
        assertThat(requests()).hasSize(8);
        var times = requests().stream().map(each -> each.header().recordedAt()).toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(BACK_OFF.after(i));
        }
    }

    @Test
    void asksAgainByItselfWhenTheBackOffHasPassed() {
        replenish(policy("50", "200", null, null, Duration.ZERO, 0));
        spend("1");
        decline();
        assertThat(wallet.nextDueAt()).isEqualTo(at.plus(Duration.ofHours(1)));
        later(Duration.ofHours(1).minusMillis(1));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(1);
        later(Duration.ofMillis(1));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
        assertThat(wallet.nextDueAt()).isNull();
    }

    @Test
    void failuresInARowSwitchItOffUntilThePolicyIsSetAgain() {
        var policy = policy("50", "200", null, null, Duration.ZERO, 2);
        replenish(policy);
        spend("1");
        decline();
        later(Duration.ofHours(2));
        run(new SettleDue(WALLET, at));
        decline();
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        ReplenishmentDisabled.class,
                        disabled -> assertThat(disabled.failures()).isEqualTo(2));
        later(Duration.ofDays(30));
        spend("1");
        assertThat(wallet.nextDueAt()).isNull();
        assertThat(requests()).hasSize(2);
        replenish(policy);
        assertThat(requests()).as("asks for what was used meanwhile").hasSize(3);
        decline();
        assertThat(wallet.replenishment().disabled())
                .as("counts from the start again")
                .isFalse();
    }

    @Test
    void keepsTheGapBetweenRequestsAndAsksWhenItIsOver() {
        replenish(policy("50", "60", null, null, Duration.ofDays(1), 0));
        spend("1");
        pay("60");
        spend("30");
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        later(Duration.ofDays(1));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    /** Nothing is left to ask for when somebody looks: else it would be looked at again and again. */
    @Test
    void isNotWokenForEverWhenCreditHasBegunBeforeSomebodyLooks() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        credit("10");
        spend("1");
        decline();
        run(give("later", "100", at.plus(Duration.ofMinutes(90)), null));
        assertThat(wallet.nextDueAt()).isEqualTo(at.plus(Duration.ofHours(1)));
        later(Duration.ofHours(2));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAfter(at)).isNull();
    }

    @Test
    void isNotWokenForCreditThatBeginsBeforeTheWaitIsOver() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        credit("10");
        spend("1");
        decline();
        run(give("later", "100", at.plus(Duration.ofMinutes(59)), at.plus(Duration.ofMinutes(61))));
        assertThat(wallet.nextDueAt()).as("when it ends").isEqualTo(at.plus(Duration.ofMinutes(61)));
        later(Duration.ofMinutes(61));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void holdsBackWhatGoesBeyondTheMonthlyCapUntilTheNextMonthAndSaysSoOnce() {
        replenish(policy("50", "60", null, "100", Duration.ZERO, 0));
        spend("1");
        pay("60");
        for (int i = 0; i < 5; i++) {
            spend("10");
        }
        assertThat(requests()).hasSize(1);
        assertThat(events)
                .filteredOn(ReplenishmentHeldBack.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(ReplenishmentHeldBack.class, heldBack -> {
                    assertThat(heldBack.charged()).isEqualTo(usd("60"));
                    assertThat(heldBack.until()).isEqualTo(NEXT_MONTH);
                });
        assertThat(wallet.nextDueAt()).isEqualTo(NEXT_MONTH);
        at = NEXT_MONTH;
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    /** Who asks before each use was told no, and uses nothing that would ask. */
    @Test
    void aHigherCapCountsAtOnce() {
        beHeldBack();
        replenish(policy("50", "60", null, "200", Duration.ZERO, 0));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void whoIsHeldBackIsStillWokenWhenSomethingElseOfThePolicyChanges() {
        beHeldBack();
        replenish(policy("45", "60", null, "100", Duration.ZERO, 3));
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAt()).isEqualTo(NEXT_MONTH);
        at = NEXT_MONTH;
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    private void beHeldBack() {
        replenish(policy("50", "60", null, "100", Duration.ZERO, 0));
        spend("1");
        pay("60");
        spend("30");
        assertThat(events.getLast()).isInstanceOf(ReplenishmentHeldBack.class);
    }

    @Test
    void aPolicyThatComesWithTheOpeningAsksWhenSomethingIsUsed() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        assertThat(requests()).isEmpty();
        spend("1");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void switchingItOnAsksAtOnceWhereTooLittleIsLeft() {
        spend("7");
        replenish(policy("50", "0", "200", null, Duration.ZERO, 0));
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("207"));
    }

    @Test
    void aHigherThresholdAsksAtOnceAndALowerOneForNothing() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        credit("55");
        replenish(policy("40", "60", null, null, Duration.ZERO, 0));
        assertThat(requests()).isEmpty();
        replenish(policy("56", "60", null, null, Duration.ZERO, 0));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aChangedPolicyWaitsForTheBackOffAndForWhatIsPending() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        spend("1");
        decline();
        replenish(policy("50", "70", null, null, Duration.ZERO, 0));
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAt()).isEqualTo(at.plus(Duration.ofHours(1)));
        later(Duration.ofHours(1));
        run(new SettleDue(WALLET, at));
        replenish(policy("50", "80", null, null, Duration.ZERO, 0));
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("60"), usd("70"));
    }

    @Test
    void aChangedPolicyKeepsTheGap() {
        replenish(policy("50", "60", null, null, Duration.ofDays(1), 0));
        spend("1");
        pay("60");
        spend("30");
        replenish(policy("55", "60", null, null, Duration.ofDays(1), 0));
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aFailedChargeDoesNotCountTowardsTheCap() {
        replenish(policy("50", "60", null, "100", Duration.ZERO, 0));
        spend("1");
        decline();
        later(Duration.ofHours(1));
        spend("1");
        assertThat(requests()).hasSize(2);
        assertThat(wallet.replenishment().chargedIn(wallet.replenishment().monthOf(at)))
                .isEqualTo(usd("60"));
    }

    @Test
    void aManualTopUpIsAskedForWhateverThePolicySays() {
        run(new RequestTopUp(WALLET, usd("25"), at));
        assertThat(requests()).singleElement().satisfies(request -> {
            assertThat(request.manual()).isTrue();
            assertThat(request.amount()).isEqualTo(usd("25"));
        });
        assertThatThrownBy(() -> run(new RequestTopUp(WALLET, usd("25"), at)))
                .isInstanceOf(WalletRejection.ReplenishmentPending.class);
        pay("25");
        assertThat(wallet.settled()).isEqualTo(usd("25"));
        assertThatThrownBy(() -> run(new RequestTopUp(WALLET, usd("0"), at)))
                .isInstanceOf(WalletRejection.EmptyTopUp.class);
        assertThatThrownBy(() -> run(new RequestTopUp(WALLET, usd("0.001"), at)))
                .isInstanceOf(WalletRejection.UnchargeableAmount.class);
    }

    @Test
    void aManualTopUpThatFailsHoldsUpNothingAndCountsForNothing() {
        replenish(policy("50", "60", null, "100", Duration.ZERO, 1));
        run(new RequestTopUp(WALLET, usd("95"), at));
        decline();
        assertThat(wallet.replenishment().disabled()).isFalse();
        assertThat(events)
                .filteredOn(ReplenishSettled.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        ReplenishSettled.class,
                        settled -> assertThat(settled.nextAttemptAt()).isNull());
        assertThat(requests()).extracting(ReplenishRequested::manual).containsExactly(true, false);
    }

    /** Otherwise a backend that asks first would be told no for ever, and use nothing that asks. */
    @Test
    void asksAgainAtOnceWhenWhatWasPaidLeavesLessThanTheThreshold() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 0));
        spend("1");
        spend("500");
        assertThat(requests()).hasSize(1);
        pay("60");
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("60"), usd("540"));
        pay("540");
        assertThat(requests()).hasSize(2);
        assertThat(wallet.availableAt(at)).isEqualTo(usd("99"));
    }

    @Test
    void whatWasPaidAndLeavesTooLittleWaitsForTheGapAsAnyOther() {
        replenish(policy("50", "60", null, null, Duration.ofDays(1), 0));
        spend("1");
        spend("500");
        pay("60");
        assertThat(requests()).hasSize(1);
        assertThat(wallet.nextDueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        later(Duration.ofDays(1));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    /** One that waits for the customer is neither paid nor failed: nothing else is asked for, for as long as it takes. */
    @Test
    void oneThatWaitsForTheCustomerStaysPendingAndCanStillBePaid() {
        replenish(policy("50", "60", null, null, Duration.ofHours(1), 3));
        spend("1");
        later(Duration.ofDays(20));
        run(new SettleDue(WALLET, at));
        assertThat(wallet.replenishment().pending()).isNotNull();
        pay("60");
        assertThat(wallet.replenishment().pending()).isNull();
        assertThat(requests()).hasSize(1);
    }

    /** Money that goes back is no reason to charge the card again, be it after a gap that is over long since. */
    @Test
    void creditThatGoesBackAsksForNothing() {
        replenish(policy("10", "100", null, null, Duration.ofHours(1), 0));
        spend("1");
        pay("100");
        later(Duration.ofHours(2));
        spend("39");
        goBack("100");
        assertThat(wallet.availableAt(at)).isEqualTo(usd("-40"));
        assertThat(wallet.nextDueAt()).isNull();
        later(Duration.ofDays(3));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(1);
        spend("1");
        assertThat(requests()).as("what is used asks").hasSize(2);
    }

    /** A cap can hold back for weeks; who bought credit meanwhile waits for nothing any more. */
    @Test
    void creditThatGoesBackBeforeAWaitIsOverAsksForNothingThen() {
        beHeldBack();
        credit("100");
        goBack("100");
        assertThat(wallet.nextDueAt()).isNull();
        at = NEXT_MONTH;
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(1);
    }

    /** It would be the card of the disputed payment. */
    @Test
    void aTopUpByHandThatEndsAfterCreditWentBackAsksForNoOther() {
        leaveTooLittleByADispute();
        run(new RequestTopUp(WALLET, usd("50"), at));
        decline();
        run(new RequestTopUp(WALLET, usd("2"), at));
        pay("2");
        assertThat(requests()).extracting(ReplenishRequested::manual).containsExactly(true, true);
        spend("1");
        assertThat(requests()).as("what is used asks").hasSize(3);
    }

    @Test
    void whatLeavesMoreThanCreditThatWentBackAsksForNothing() {
        leaveTooLittleByADispute();
        voidTwo();
        assertThat(wallet.availableAt(at)).isEqualTo(usd("7"));
        assertThat(requests()).isEmpty();
        spend("1");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void anEndOfAPauseAfterCreditWentBackAsksForNothing() {
        leaveTooLittleByADispute();
        run(new ChangeStatus(WALLET, WalletStatus.PAUSED, false, "a dispute", at));
        run(new ChangeStatus(WALLET, WalletStatus.OPEN, false, "it is settled", at));
        assertThat(requests()).isEmpty();
        spend("1");
        assertThat(requests()).hasSize(1);
    }

    /** What was used of a grant that is over comes back, and is lost at once: nothing is missed that was there. */
    @Test
    void whatComesBackToAGrantThatIsOverAsksForNothingAfterCreditWentBack() {
        replenish(policy("10", "100", null, null, Duration.ZERO, 0));
        creditForAWeek("7");
        credit("100");
        spend("2");
        later(Duration.ofDays(8));
        run(new SettleDue(WALLET, at));
        goBack("100");
        voidTwo();
        assertThat(events.getLast()).isInstanceOf(GrantExpired.class);
        assertThat(requests()).isEmpty();
        spend("1");
        assertThat(requests()).hasSize(1);
    }

    /** It was there when the money went back, and is lost by itself. */
    @Test
    void whatExpiresAfterCreditWentBackAsks() {
        replenish(policy("10", "100", null, null, Duration.ZERO, 0));
        creditForAWeek("7");
        credit("100");
        goBack("100");
        assertThat(requests()).isEmpty();
        later(Duration.ofDays(7));
        run(new SettleDue(WALLET, at));
        assertThat(events).anyMatch(GrantExpired.class::isInstance);
        assertThat(requests()).hasSize(1);
    }

    /** Of 105 that are left 100 go. */
    private void leaveTooLittleByADispute() {
        replenish(policy("10", "100", null, null, Duration.ZERO, 0));
        credit("7");
        credit("100");
        spend("2");
        goBack("100");
        assertThat(wallet.availableAt(at)).isEqualTo(usd("5"));
        assertThat(requests()).isEmpty();
    }

    /** Of the first credit, which was used first. */
    private void voidTwo() {
        var first = events.stream()
                .filter(CreditGranted.class::isInstance)
                .map(CreditGranted.class::cast)
                .findFirst()
                .orElseThrow();
        var before = new UsageAdjustment.Measure("price", BigDecimal.ONE, NOW, usd("2"));
        run(new AdjustUsage(
                WALLET,
                new UsageAdjustment("/test", "u0", "mtr", before, null, null, null, null),
                usd("-2"),
                new Burned(List.of(Grant.of(first, usd("2"))), usd("0")),
                at));
    }

    /** Else it would never ask again: without credit nothing is drawn down. */
    @Test
    void usageThatIsLeftToStripeForWantOfCreditAsks() {
        replenish(policy("10", "100", null, null, Duration.ofHours(1), 0));
        run(new ChangeSettlement(WALLET, "mtr", Settlement.PREPAID_THEN_ARREARS, at));
        credit("60");
        goBack("60");
        later(Duration.ofHours(2));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).isEmpty();
        spend("1");
        assertThat(events).anyMatch(UsageLeftToArrears.class::isInstance);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void usageThatIsLeftToStripeAnywayAsksForNothing() {
        replenish(policy("10", "100", null, null, Duration.ZERO, 0));
        run(new ChangeSettlement(WALLET, "mtr", Settlement.ARREARS, at));
        spend("1");
        assertThat(requests()).isEmpty();
    }

    @Test
    void whoWaitedAnywayIsStillWokenWhenCreditGoesBackMeanwhile() {
        replenish(policy("50", "60", null, null, Duration.ofDays(1), 0));
        spend("1");
        pay("60");
        spend("30");
        goBack("60");
        assertThat(wallet.nextDueAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        later(Duration.ofDays(1));
        run(new SettleDue(WALLET, at));
        assertThat(requests()).hasSize(2);
    }

    /** It says nothing about the next one by itself, also when the rule has become stricter than what had failed before. */
    @Test
    void aManualTopUpThatFailsSwitchesNothingOff() {
        replenish(policy("50", "60", null, null, Duration.ZERO, 5));
        spend("1");
        decline();
        for (int i = 0; i < 2; i++) {
            later(Duration.ofHours(24));
            run(new SettleDue(WALLET, at));
            decline();
        }
        replenish(policy("50", "60", null, null, Duration.ZERO, 3));
        run(new RequestTopUp(WALLET, usd("25"), at));
        decline();
        assertThat(wallet.replenishment().disabled()).isFalse();
        assertThat(events).noneMatch(ReplenishmentDisabled.class::isInstance);
        later(Duration.ofHours(24));
        run(new SettleDue(WALLET, at));
        decline();
        assertThat(wallet.replenishment().disabled()).as("the next by itself").isTrue();
    }

    private static ReplenishmentPolicy policy(
            String threshold,
            String amount,
            @Nullable String target,
            @Nullable String cap,
            Duration gap,
            int disableAfter) {
        return new ReplenishmentPolicy(
                true,
                usd(threshold),
                usd(amount),
                target == null ? null : usd(target),
                cap == null ? null : usd(cap),
                gap,
                disableAfter,
                null);
    }

    /** The first comes with the opening. */
    private void replenish(ReplenishmentPolicy policy) {
        run(new ChangeReplenishmentPolicy(WALLET, policy, events.isEmpty(), at));
    }

    private void later(Duration by) {
        at = at.plus(by);
    }

    private void spend(String amount) {
        run(drawDownAt(at, amount));
    }

    private void credit(String amount) {
        credit(amount, CreditTerms.USUAL);
    }

    private void creditForAWeek(String amount) {
        credit(amount, new CreditTerms(new Validity(0, 7), List.of(), 50, null, null));
    }

    private void credit(String amount, CreditTerms terms) {
        var line = new CreditLine("il" + events.size(), usd(amount), usd(amount), null, terms);
        run(new CreditPaidInvoice(WALLET, "in", null, List.of(line), at));
    }

    /** Pays what is pending. */
    private void pay(String amount) {
        run(new CreditPaidInvoice(
                WALLET, "in", pending(), List.of(new CreditLine("il" + events.size(), usd(amount), usd(amount))), at));
    }

    /** All the money for what was credited last. */
    private void goBack(String paid) {
        var granted = events.stream()
                .filter(CreditGranted.class::isInstance)
                .map(CreditGranted.class::cast)
                .toList()
                .getLast();
        var reversed = new ReversedGrant(Grant.of(granted, granted.amount()), usd(paid), usd(paid));
        run(new FollowReversal(WALLET, "du_1", "dispute", reversed, at, at));
    }

    private void decline() {
        if (wallet.replenishment().pending() != null) {
            run(new FailReplenishment(WALLET, pending(), null, "declined", "The card was declined", BACK_OFF, at));
        }
    }

    private ReplenishmentId pending() {
        return wallet.replenishment().pending().id();
    }

    private void run(WalletCommand command) {
        for (var step : Decisions.decide(wallet, command)) {
            events.add(step.event());
            wallet = step.after();
        }
    }

    private List<ReplenishRequested> requests() {
        return events.stream()
                .filter(ReplenishRequested.class::isInstance)
                .map(ReplenishRequested.class::cast)
                .toList();
    }
}
