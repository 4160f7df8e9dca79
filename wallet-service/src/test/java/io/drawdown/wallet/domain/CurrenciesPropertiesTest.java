package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds in currencies with no, two and three decimals; of those with three, two can be charged. */
class CurrenciesPropertiesTest {

    private static final int TRIES = 300;

    private static final GiveCredit MUCH = new GiveCredit(
            WALLET, new GrantId("much"), Given.usd("1000000"), 50, NOW, null, List.of(), null, "much", NOW);

    @Property(tries = TRIES)
    void whatIsAskedForCanBeChargedAndIsNoMoreThanItTakes(
            @ForAll("currencies") Currency currency,
            @ForAll("amounts") BigDecimal threshold,
            @ForAll("amounts") BigDecimal used) {
        var target = new Money(new BigDecimal(200), currency);
        var policy = new ReplenishmentPolicy(
                true, new Money(threshold, currency), Money.zero(currency), target, null, Duration.ZERO, 0, null);
        var wallet = after(
                opened(currency),
                new ChangeReplenishmentPolicy(WALLET, policy, true, NOW),
                in(currency, new DrawDown(WALLET, List.of(line(used, currency)), NOW)));
        var pending = wallet.replenishment().pending();
        assertThat(pending != null).isEqualTo(wallet.settled().isLessThan(policy.threshold()));
        if (pending != null) {
            assertThat(pending.amount().amount().stripTrailingZeros().scale())
                    .isLessThanOrEqualTo(chargeableDecimals(currency));
            var excess = wallet.settled().plus(pending.amount()).minus(target);
            assertThat(excess.isNegative()).isFalse();
            assertThat(excess.amount()).isLessThan(BigDecimal.ONE.movePointLeft(chargeableDecimals(currency)));
        }
    }

    @Property(tries = TRIES)
    void theSameHistoryIsTheSameAmountsInEveryCurrency(
            @ForAll("currencies") Currency currency, @ForAll("commands") List<WalletCommand> commands) {
        var dollars = opened(Given.USD);
        var others = opened(currency);
        for (var command : commands) {
            if (!(command instanceof ChangeReplenishmentPolicy)) {
                dollars = after(dollars, command);
                others = after(others, in(currency, command));
            }
        }
        assertThat(others.settled().amount())
                .isEqualByComparingTo(dollars.settled().amount());
        assertThat(others.overdraft().amount())
                .isEqualByComparingTo(dollars.overdraft().amount());
        assertThat(others.holds().total().amount())
                .isEqualByComparingTo(dollars.holds().total().amount());
        assertThat(others.grants())
                .allMatch(grant -> grant.remaining().currency().equals(currency));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 50, 50.5", "EUR, 50.25, 50.255", "KWD, 50.25, 50.255", "UGX, 50, 50.5", "MGA, 50, 50.25"})
    void aTopUpIsOfWhatCanBeCharged(String code, String chargeable, String not) {
        var currency = Currency.getInstance(code);
        var wallet = opened(currency);
        assertThat(Decisions.decide(wallet, new RequestTopUp(WALLET, Money.of(chargeable, currency), NOW)))
                .singleElement()
                .satisfies(step -> assertThat(step.event()).isInstanceOf(ReplenishRequested.class));
        assertThatThrownBy(() -> Decisions.decide(wallet, new RequestTopUp(WALLET, Money.of(not, currency), NOW)))
                .isInstanceOf(WalletRejection.UnchargeableAmount.class);
    }

    /** The wallet has credit, so that nothing is refused for want of it. */
    @Property(tries = TRIES)
    void moneyOfAnotherCurrencyIsRefused(
            @ForAll("currencies") Currency currency, @ForAll("commands") List<WalletCommand> commands) {
        var wallet = after(opened(currency), in(currency, MUCH));
        assertThat(wallet.settled().isPositive()).isTrue();
        for (var command : commands) {
            if (bringsMoney(command)) {
                assertThatThrownBy(() -> Decisions.decide(wallet, command))
                        .as("%s", command)
                        .isInstanceOfAny(WalletRejection.WrongCurrency.class, CurrencyMismatchException.class);
            }
        }
    }

    private static boolean bringsMoney(WalletCommand command) {
        return switch (command) {
            case GiveCredit _, PlaceHold _, RequestTopUp _, ChangeOverdraftLimit _ -> true;
            case DrawDown _, CreditPaidInvoice _ -> true;
            default -> false;
        };
    }

    private static WalletState opened(Currency currency) {
        return WalletState.evolve(null, Decisions.open(new OpenWallet(WALLET, ACCOUNT, currency, Zone.UTC, NOW)));
    }

    /** A refusal changes nothing. */
    private static WalletState after(WalletState wallet, WalletCommand... commands) {
        var state = wallet;
        for (var command : commands) {
            try {
                state = Decisions.decide(state, command).after();
            } catch (WalletRejection refusal) {
                assertThat(refusal).hasMessageNotContaining("null");
            }
        }
        return state;
    }

    private static int chargeableDecimals(Currency currency) {
        return Math.min(2, currency.getDefaultFractionDigits());
    }

    private static UsageLine line(BigDecimal amount, Currency currency) {
        return new UsageLine("/t", "u", "mtr", "price", BigDecimal.ONE, new Money(amount, currency), NOW, null);
    }

    /** The same command with the same numbers in another currency. */
    private static WalletCommand in(Currency currency, WalletCommand command) {
        return switch (command) {
            case DrawDown drawDown ->
                new DrawDown(
                        WALLET,
                        drawDown.lines().stream()
                                .map(line -> in(currency, line))
                                .toList(),
                        drawDown.at());
            case AdjustUsage adjust ->
                new AdjustUsage(WALLET, adjust.adjustment(), in(currency, adjust.amount()), null, adjust.at());
            case GiveCredit give ->
                new GiveCredit(
                        WALLET,
                        give.grantId(),
                        in(currency, give.amount()),
                        give.priority(),
                        give.effectiveAt(),
                        give.expiresAt(),
                        give.meterIds(),
                        in(currency, give.rollover()),
                        give.reason(),
                        give.at());
            case CreditPaidInvoice paid ->
                new CreditPaidInvoice(
                        WALLET,
                        paid.invoiceId(),
                        paid.replenishmentId(),
                        paid.lines().stream().map(line -> in(currency, line)).toList(),
                        paid.at());
            case ChangeOverdraftLimit change ->
                new ChangeOverdraftLimit(WALLET, in(currency, change.limit()), change.at());
            case PlaceHold place ->
                new PlaceHold(
                        WALLET,
                        place.holdId(),
                        in(currency, place.amount()),
                        place.meterId(),
                        place.expiresAt(),
                        place.reason(),
                        place.at());
            case CaptureHold capture ->
                new CaptureHold(
                        WALLET,
                        capture.holdId(),
                        in(currency, capture.amount()),
                        capture.keepRest(),
                        capture.reason(),
                        capture.at());
            case FollowReversal follow ->
                new FollowReversal(
                        WALLET,
                        follow.reversalId(),
                        follow.kind(),
                        in(currency, follow.reversed()),
                        follow.seenAt(),
                        follow.at());
            case RequestTopUp topUp -> new RequestTopUp(WALLET, in(currency, topUp.amount()), topUp.at());
            default -> command;
        };
    }

    private static ReversedGrant in(Currency currency, ReversedGrant reversed) {
        var granted = reversed.granted();
        return new ReversedGrant(
                granted.leaving(in(currency, granted.remaining())),
                in(currency, reversed.paid()),
                in(currency, reversed.takenBack()));
    }

    private static CreditLine in(Currency currency, CreditLine line) {
        var terms = line.terms();
        return new CreditLine(
                line.lineId(),
                in(currency, line.amount()),
                in(currency, line.costBasis()),
                line.quantity(),
                new CreditTerms(
                        terms.validFor(),
                        terms.meterIds(),
                        terms.priority(),
                        terms.bonus(),
                        in(currency, terms.rollover())));
    }

    private static @Nullable Rollover in(Currency currency, @Nullable Rollover rollover) {
        return rollover != null && rollover.limit() instanceof Rollover.Most(var most)
                ? new Rollover(new Rollover.Most(in(currency, most)), rollover.validFor())
                : rollover;
    }

    private static UsageLine in(Currency currency, UsageLine line) {
        return new UsageLine(
                line.source(),
                line.id(),
                line.meterId(),
                line.priceId(),
                line.quantity(),
                in(currency, line.amount()),
                line.occurredAt(),
                line.runningTotal(),
                line.traceId());
    }

    private static Money in(Currency currency, Money money) {
        return new Money(money.amount(), currency);
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("JPY", "KWD", "EUR").map(Currency::getInstance);
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("150"))
                .ofScale(14);
    }

    @Provide
    Arbitrary<List<WalletCommand>> commands() {
        return new WalletPropertiesTest().commands();
    }
}
