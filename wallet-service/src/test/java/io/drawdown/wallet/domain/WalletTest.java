package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.FIRST_REQUEST;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.declined;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.expired;
import static io.drawdown.wallet.domain.Given.failed;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.open;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.requested;
import static io.drawdown.wallet.domain.Given.toppedUp;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.AwaitCustomer;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WalletTest {

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void opensEmpty() {
        wallet.givenNoPriorActivity().when(open()).expectEvents(opened());
    }

    @Nested
    class DrawingDown {

        @Test
        void takesAllLinesInOneEvent() {
            var usage = drawDown("1.00", "0.00015", "2");
            wallet.given(opened(), paid(1, "a", "10", "10"))
                    .when(usage)
                    .expectEvents(drawnDown(2, usage, "3.00015", "0", "6.99985", allocation("grt_a", "3.00015")));
        }

        @Test
        void burnsByPriorityThenSoonerExpiryThenPromotional() {
            var usage = drawDown("16");
            wallet.given(
                            opened(),
                            paid(1, "bought", "5", "5"),
                            given(2, "lasting", "5", 50, null, "10"),
                            given(3, "ending", "5", 50, MONTH_END, "15"),
                            given(4, "first", "5", 0, null, "20"))
                    .when(usage)
                    .expectEvents(drawnDown(
                            5,
                            usage,
                            "16",
                            "0",
                            "4",
                            allocation("first", "5"),
                            allocation("ending", "5"),
                            allocation("lasting", "5"),
                            allocation("grt_bought", "1")));
        }

        @Test
        void recordsWhatNoGrantCoversAsOverdraft() {
            var usage = drawDown("3");
            wallet.given(opened(), paid(1, "a", "2", "2"))
                    .when(usage)
                    .expectEvents(drawnDown(2, usage, "3", "1", "-1", allocation("grt_a", "2")));
        }

        @Test
        void leavesAGrantAloneFromItsExpiryInstantOn() {
            var usage = drawDownAt(MONTH_END, "1");
            wallet.given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"))
                    .when(usage)
                    .expectEvents(expired(2, "promo", "5", MONTH_END, "0"), drawnDown(3, usage, "1", "1", "-1"));
        }

        @Test
        void recordsUsageThatCostsNothing() {
            var usage = drawDown("0");
            wallet.given(opened()).when(usage).expectEvents(drawnDown(1, usage, "0", "0", "0"));
        }

        @Test
        void doesNothingWithoutUsage() {
            wallet.given(opened()).when(drawDown()).expectNoEvents();
        }
    }

    @Nested
    class Replenishing {

        @Test
        void landingOnTheThresholdAsksForNothing() {
            var usage = drawDown("50");
            wallet.given(opened(), toppedUp(1, "50", "200"), paid(2, "a", "100", "100"))
                    .when(usage)
                    .expectEvents(drawnDown(3, usage, "50", "0", "50", allocation("grt_a", "50")));
        }

        @Test
        void fallingBelowTheThresholdAsksOnce() {
            var usage = drawDown("50.01");
            wallet.given(opened(), toppedUp(1, "50", "200"), paid(2, "a", "100", "100"))
                    .when(usage)
                    .expectEvents(
                            drawnDown(3, usage, "50.01", "0", "49.99", allocation("grt_a", "50.01")),
                            requested(4, "200", "50", "49.99"));
        }

        @Test
        void asksForAWholeMultipleWhenOneTopUpWouldNotDo() {
            var usage = drawDown("78");
            wallet.given(opened(), toppedUp(1, "10", "20"))
                    .when(usage)
                    .expectEvents(drawnDown(2, usage, "78", "78", "-78"), requested(3, "100", "10", "-78"));
        }

        @Test
        void asksForNoOtherWhileOneIsPending() {
            var usage = drawDown("1");
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"))
                    .when(usage)
                    .expectEvents(drawnDown(3, usage, "1", "1", "-1"));
        }

        @Test
        void anEmptyWalletAsksForNothingWhenItIsOpenedWithAPolicy() {
            wallet.given(opened())
                    .when(new ChangeReplenishmentPolicy(
                            WALLET, new ReplenishmentPolicy(true, usd("50"), usd("200")), true, NOW))
                    .expectEvents(toppedUp(1, "50", "200"));
        }

        @Test
        void anEmptyWalletThatGetsAPolicyAsksAtOnce() {
            wallet.given(opened())
                    .when(new ChangeReplenishmentPolicy(
                            WALLET, new ReplenishmentPolicy(true, usd("50"), usd("200")), NOW))
                    .expectEvents(toppedUp(1, "50", "200"), requested(2, "200", "50", "0"));
        }

        @Test
        void settingTheSamePolicyAgainChangesNothing() {
            wallet.given(opened(), toppedUp(1, "50", "200"))
                    .when(new ChangeReplenishmentPolicy(
                            WALLET, new ReplenishmentPolicy(true, usd("50.00"), usd("200.0")), NOW))
                    .expectNoEvents();
        }

        @Test
        void aSwitchedOffPolicyAsksForNothing() {
            var usage = drawDown("1");
            wallet.given(opened()).when(usage).expectEvents(drawnDown(1, usage, "1", "1", "-1"));
        }
    }

    @Nested
    class AwaitingTheCustomer {

        private final CustomerWait wait = new CustomerWait("in_9", NOW, NOW.plus(Duration.ofDays(1)));
        private final WalletEvent required = new ReplenishActionRequired(header(3), FIRST_REQUEST, wait);

        @Test
        void saysSoOnce() {
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"))
                    .when(new AwaitCustomer(WALLET, FIRST_REQUEST, wait, NOW))
                    .expectEvents(required)
                    .expectState(state -> assertThat(
                                    state.state().replenishment().pending().awaiting())
                            .isEqualTo(wait));
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"), required)
                    .when(new AwaitCustomer(WALLET, FIRST_REQUEST, wait, NOW))
                    .expectNoEvents();
        }

        @Test
        void saysWhatIsNewAboutIt() {
            var again = new CustomerWait("in_9", wait.since(), wait.until().plusSeconds(1));
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"), required)
                    .when(new AwaitCustomer(WALLET, FIRST_REQUEST, again, NOW))
                    .expectEvents(new ReplenishActionRequired(header(4), FIRST_REQUEST, again));
        }

        @Test
        void whatIsNotPendingWaitsForNobody() {
            wallet.given(opened(), toppedUp(1, "50", "200"))
                    .when(new AwaitCustomer(WALLET, FIRST_REQUEST, wait, NOW))
                    .expectNoEvents();
        }

        @Test
        void asksForNoOtherMeanwhile() {
            var usage = drawDown("1");
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"), required)
                    .when(usage)
                    .expectEvents(drawnDown(4, usage, "1", "1", "-1"));
        }

        @Test
        void endsAsAnyOther() {
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"), required)
                    .when(declined(FIRST_REQUEST, NOW))
                    .expectEvents(failed(4, FIRST_REQUEST, NOW, Duration.ofHours(1)))
                    .expectState(state ->
                            assertThat(state.state().replenishment().pending()).isNull());
        }
    }

    @Nested
    class Failing {

        @Test
        void aFirstFailureWaitsTheFirstBackOff() {
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"))
                    .when(declined(FIRST_REQUEST, NOW))
                    .expectEvents(failed(3, FIRST_REQUEST, NOW, Duration.ofHours(1)));
        }

        @Test
        void aSecondFailureWaitsTwiceAsLong() {
            var again = new ReplenishmentId("rpl_acme_2");
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            requested(2, "200", "50", "0"),
                            failed(3, FIRST_REQUEST, NOW, Duration.ofHours(1)),
                            new ReplenishRequested(header(4), again, usd("200"), usd("50"), usd("0"), false, null))
                    .when(declined(again, NOW))
                    .expectEvents(failed(5, again, NOW, Duration.ofHours(2)));
        }

        @Test
        void theSameFailureAgainChangesNothing() {
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            requested(2, "200", "50", "0"),
                            failed(3, FIRST_REQUEST, NOW, Duration.ofHours(1)))
                    .when(declined(FIRST_REQUEST, NOW))
                    .expectNoEvents();
        }

        @Test
        void asksForNothingWithinTheBackOff() {
            var usage = drawDownAt(NOW.plus(Duration.ofMinutes(59)), "1");
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            requested(2, "200", "50", "0"),
                            failed(3, FIRST_REQUEST, NOW, Duration.ofHours(1)))
                    .when(usage)
                    .expectEvents(drawnDown(4, usage, "1", "1", "-1"));
        }

        @Test
        void asksAgainFromTheEndOfTheBackOffOn() {
            var at = NOW.plus(Duration.ofHours(1));
            var usage = drawDownAt(at, "1");
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            requested(2, "200", "50", "0"),
                            failed(3, FIRST_REQUEST, NOW, Duration.ofHours(1)))
                    .when(usage)
                    .expectEvents(
                            drawnDown(4, usage, "1", "1", "-1"),
                            new ReplenishRequested(
                                    new EventHeader(WALLET, ACCOUNT, 5, at),
                                    new ReplenishmentId("rpl_acme_2"),
                                    usd("200"),
                                    usd("50"),
                                    usd("-1"),
                                    false,
                                    null));
        }
    }

    @Nested
    class Crediting {

        @Test
        void repaysTheOverdraftFirst() {
            wallet.given(opened(), drawnDown(1, drawDown("3"), "3", "3", "-3"))
                    .when(invoice(null, line("a", "10")))
                    .expectEvents(credited(2, "a", "10", "3", "7", null));
        }

        @Test
        void settlesTheReplenishmentThatItPaysInTheSameStep() {
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"))
                    .when(invoice(FIRST_REQUEST, line("a", "200")))
                    .expectEvents(
                            credited(3, "a", "200", "0", "200", FIRST_REQUEST),
                            new ReplenishSettled(
                                    header(4), FIRST_REQUEST, ReplenishmentOutcome.PAID, "in_1", null, null, null));
        }

        @Test
        void creditsALineOnce() {
            wallet.given(opened(), paid(1, "a", "10", "10"))
                    .when(invoice(null, line("a", "10"), line("b", "5")))
                    .expectEvents(credited(2, "b", "5", "0", "15", null));
        }

        @Test
        void creditsASpentLineNeverAgain() {
            var all = drawDown("10");
            wallet.given(
                            opened(),
                            paid(1, "a", "10", "10"),
                            drawnDown(2, all, "10", "0", "0", allocation("grt_a", "10")))
                    .when(invoice(null, line("a", "10")))
                    .expectNoEvents();
        }

        @Test
        void refusesAnotherCurrency() {
            var euros = new CreditLine(
                    "a", Money.of("10", Currency.getInstance("EUR")), Money.of("10", Currency.getInstance("EUR")));
            wallet.given(opened()).when(invoice(null, euros)).expectException(WalletRejection.WrongCurrency.class);
        }

        @Test
        void givesPromotionalCreditOnce() {
            var give = give("promo", "5", MONTH_END);
            wallet.given(opened()).when(give).expectEvents(given(1, "promo", "5", 10, MONTH_END, "5"));
            wallet.given(opened(), given(1, "promo", "5", 10, MONTH_END, "5"))
                    .when(give)
                    .expectNoEvents();
        }

        @Test
        void refusesAGrantThatIsWorthNothing() {
            wallet.given(opened()).when(give("g", "0", null)).expectException(WalletRejection.EmptyGrant.class);
        }

        @Test
        void refusesAGrantThatHasExpired() {
            wallet.given(opened()).when(give("g", "1", NOW)).expectException(WalletRejection.ExpiredGrant.class);
        }

        private GiveCredit give(String id, String amount, @Nullable Instant expiresAt) {
            return new GiveCredit(
                    WALLET, new GrantId(id), usd(amount), 10, null, expiresAt, List.of(), null, "welcome", NOW);
        }

        private CreditPaidInvoice invoice(@Nullable ReplenishmentId replenishment, CreditLine... lines) {
            return new CreditPaidInvoice(WALLET, "in_1", replenishment, List.of(lines), NOW);
        }

        private CreditLine line(String id, String amount) {
            return new CreditLine(id, usd(amount), usd(amount));
        }

        private CreditGranted credited(
                long sequence,
                String line,
                String amount,
                String repaid,
                String settledAfter,
                @Nullable ReplenishmentId replenishment) {
            return new CreditGranted(
                    header(sequence),
                    GrantId.ofInvoiceLine(line),
                    usd(amount),
                    usd(amount),
                    GrantKind.PAID,
                    50,
                    NOW,
                    null,
                    List.of(),
                    null,
                    usd(repaid),
                    new GrantCause.PaidInvoice("in_1", line, replenishment),
                    usd(settledAfter));
        }
    }

    @Test
    void aGapInTheHistoryIsFoundWhenItIsRead() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> WalletState.evolve(WalletState.evolve(null, opened()), paid(2, "a", "1", "1")))
                .hasMessageContaining("gap");
        org.assertj.core.api.Assertions.assertThat(
                        WalletState.evolve(null, opened()).currency())
                .isEqualTo(USD);
    }
}
