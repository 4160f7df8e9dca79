package io.drawdown.reporting;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.Allocation;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatus;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A wallet's events as wallet-service would publish them: numbered, and with a balance that adds up. */
public final class WalletHistory {

    public static final Instant OPENED = Instant.parse("2026-10-30T08:00:00Z");

    public final String walletId;
    public final String accountId;

    private final String currency;
    private final Instant opened;
    private final List<SpecificRecord> events = new ArrayList<>();
    private BigDecimal settled = BigDecimal.ZERO;

    public WalletHistory(String walletId, String accountId, String currency) {
        this(walletId, accountId, currency, OPENED);
    }

    public WalletHistory(String walletId, String accountId, String currency, Instant opened) {
        this.walletId = walletId;
        this.accountId = accountId;
        this.currency = currency;
        this.opened = opened;
        events.add(new WalletOpened(walletId, accountId, 0L, opened, currency, "UTC"));
    }

    public List<SpecificRecord> events() {
        return List.copyOf(events);
    }

    public WalletHistory granted(String amount, String costBasis) {
        settled = settled.add(new BigDecimal(amount));
        events.add(CreditGranted.newBuilder()
                .setWalletId(walletId)
                .setAccountId(accountId)
                .setSequence(next())
                .setRecordedAt(at())
                .setGrantId("grant-" + next())
                .setAmount(new Money(amount, currency))
                .setCostBasis(new Money(costBasis, currency))
                .setKind(GrantKind.PAID)
                .setPriority(50)
                .setEffectiveAt(at())
                .setOverdraftRepaid("0")
                .setInvoiceId("in_" + next())
                .setSettledAfter(settled.toPlainString())
                .build());
        return this;
    }

    /** One event with a line per amount, each of one unit of the meter. */
    public WalletHistory drawnDown(String meterId, Instant occurredAt, String... amounts) {
        var total = Stream.of(amounts).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        settled = settled.subtract(total);
        events.add(new UsageDrawnDown(
                walletId,
                accountId,
                next(),
                at(),
                currency,
                total.toPlainString(),
                Stream.of(amounts)
                        .map(amount -> line(meterId, occurredAt, amount))
                        .toList(),
                List.of(new Allocation("grant-1", total.toPlainString())),
                "0",
                settled.toPlainString(),
                null,
                null,
                null));
        return this;
    }

    /**
     * One usage event of one unit counts otherwise.
     *
     * @param amount what is taken more
     * @param before absent for usage that was not there
     * @param after absent when it is void
     */
    public WalletHistory adjusted(
            String meterId, String amount, @Nullable RatedMeasure before, @Nullable RatedMeasure after) {
        settled = settled.subtract(new BigDecimal(amount));
        events.add(UsageAdjusted.newBuilder()
                .setWalletId(walletId)
                .setAccountId(accountId)
                .setSequence(next())
                .setRecordedAt(at())
                .setCurrency(currency)
                .setSource("test")
                .setId("event-1")
                .setMeterId(meterId)
                .setBefore(before)
                .setAfter(after)
                .setAmount(amount)
                .setReturned(List.of())
                .setAllocations(List.of())
                .setOverdraft(amount)
                .setSettledAfter(settled.toPlainString())
                .build());
        return this;
    }

    /** @param amount what it costs by itself; absent where that depends on other usage */
    public static RatedMeasure measure(String quantity, Instant occurredAt, @Nullable String amount) {
        return new RatedMeasure("price_1", quantity, occurredAt, amount);
    }

    public WalletHistory expired(String amount) {
        settled = settled.subtract(new BigDecimal(amount));
        events.add(new GrantExpired(
                walletId, accountId, next(), at(), "grant-1", new Money(amount, currency), settled.toPlainString()));
        return this;
    }

    /** At the end of its one grant some goes on as another, the rest is lost. */
    public WalletHistory rolledOver(String goesOn, String lost) {
        events.add(new GrantRolledOver(
                walletId,
                accountId,
                next(),
                at(),
                "grant-1",
                "grant-1.rol" + next(),
                new Money(goesOn, currency),
                new Money(goesOn, currency),
                GrantKind.PAID,
                50,
                at(),
                at().plusSeconds(86_400),
                List.of(),
                settled.toPlainString()));
        return expired(lost);
    }

    /**
     * The money for its one grant goes back.
     *
     * @param left what is taken of the credit
     * @param lost what had expired of it
     */
    public WalletHistory clawedBack(String left, String costBasis, String lost) {
        settled = settled.subtract(new BigDecimal(left));
        events.add(CreditClawedBack.newBuilder()
                .setWalletId(walletId)
                .setAccountId(accountId)
                .setSequence(next())
                .setRecordedAt(at())
                .setGrantId("grant-1")
                .setReversalId("re_1")
                .setKind("refund")
                .setAmount(new Money(left, currency))
                .setCostBasis(new Money(costBasis, currency))
                .setOverdraft("0")
                .setSeenAt(at())
                .setSettledAfter(settled.toPlainString())
                .setLost(lost)
                .build());
        return this;
    }

    /** As {@link #clawedBack}, the other way: the money has come in again. */
    public WalletHistory givenBack(String amount, String costBasis, String lost) {
        settled = settled.add(new BigDecimal(amount));
        events.add(CreditGivenBack.newBuilder()
                .setWalletId(walletId)
                .setAccountId(accountId)
                .setSequence(next())
                .setRecordedAt(at())
                .setGrantId("grant-1")
                .setReversalId("re_1")
                .setKind("dispute")
                .setAmount(new Money(amount, currency))
                .setCostBasis(new Money(costBasis, currency))
                .setOverdraftRepaid("0")
                .setEffectiveAt(at())
                .setSeenAt(at())
                .setSettledAfter(settled.toPlainString())
                .setLost(lost)
                .build());
        return this;
    }

    /** What is left of its one grant is taken away. */
    public WalletHistory voided(String left) {
        settled = settled.subtract(new BigDecimal(left));
        events.add(new GrantVoided(
                walletId,
                accountId,
                next(),
                at(),
                "grant-1",
                new Money(left, currency),
                "by mistake",
                settled.toPlainString()));
        return this;
    }

    /** A grant that has begun pays what was owed. */
    public WalletHistory repaid(String amount) {
        events.add(new OverdraftRepaid(
                walletId,
                accountId,
                next(),
                at(),
                new Money(amount, currency),
                List.of(new Allocation("grant-1", amount)),
                settled.toPlainString()));
        return this;
    }

    /** Closes the wallet, with what is left of its one grant. */
    public WalletHistory closed(String left) {
        settled = settled.subtract(new BigDecimal(left));
        events.add(new GrantForfeited(
                walletId, accountId, next(), at(), "grant-1", new Money(left, currency), settled.toPlainString()));
        events.add(new WalletStatusChanged(walletId, accountId, next(), at(), WalletStatus.CLOSED, "left"));
        return this;
    }

    /** A meter that settles in arrears from now on, and usage of it that is void afterwards. */
    public WalletHistory leftToArrears(String meterId, String quantity) {
        events.add(new SettlementChanged(walletId, accountId, next(), at(), meterId, SettlementMode.ARREARS));
        var line = new LeftUsage("/test", "left-" + events.size(), meterId, quantity, at(), null);
        var left = new UsageLeftToArrears(
                walletId, accountId, next(), at(), SettlementMode.ARREARS, List.of(line), null, null, null);
        events.add(left);
        events.add(ArrearsAdjusted.newBuilder()
                .setWalletId(walletId)
                .setAccountId(accountId)
                .setSequence(next())
                .setRecordedAt(at())
                .setSource(line.getSource())
                .setId(line.getId())
                .setMeterId(meterId)
                .setBefore(new LeftMeasure(quantity, line.getOccurredAt()))
                .setBeforeSequence(left.getSequence())
                .setBeforeLine(0)
                .setCorrectionId("cor-" + events.size())
                .setReason("reported twice")
                .setRequestedBy("billing")
                .build());
        return this;
    }

    /** Held before, and spent now. */
    public WalletHistory captured(@Nullable String meterId, String amount) {
        events.add(new HoldPlaced(
                walletId,
                accountId,
                next(),
                at(),
                "hold-1",
                new Money(amount, currency),
                List.of(new Allocation("grant-1", amount)),
                "0",
                meterId,
                at().plusSeconds(900),
                null,
                settled.toPlainString()));
        settled = settled.subtract(new BigDecimal(amount));
        events.add(new HoldCaptured(
                walletId,
                accountId,
                next(),
                at(),
                "hold-1",
                new Money(amount, currency),
                List.of(new Allocation("grant-1", amount)),
                "0",
                meterId,
                null,
                settled.toPlainString()));
        return this;
    }

    public WalletHistory replenishing(String threshold, String amount) {
        events.add(new ReplenishmentPolicyChanged(
                walletId, accountId, next(), at(), true, threshold, amount, null, null, 0L, 0, null));
        return this;
    }

    public WalletHistory requested(String replenishmentId, String amount) {
        events.add(new ReplenishRequested(
                walletId,
                accountId,
                next(),
                at(),
                replenishmentId,
                new Money(amount, currency),
                "10",
                settled.toPlainString(),
                false,
                null));
        return this;
    }

    public WalletHistory actionRequired(String replenishmentId) {
        events.add(new ReplenishActionRequired(
                walletId, accountId, next(), at(), replenishmentId, "in_1", at(), at().plusSeconds(60)));
        return this;
    }

    public WalletHistory failed(String replenishmentId) {
        events.add(new ReplenishSettled(
                walletId,
                accountId,
                next(),
                at(),
                replenishmentId,
                ReplenishmentOutcome.FAILED,
                null,
                "declined",
                "The card was declined",
                at().plusSeconds(60)));
        return this;
    }

    private UsageLine line(String meterId, Instant occurredAt, String amount) {
        return new UsageLine("test", "event-" + next(), meterId, "price_1", "1", amount, occurredAt, null, null);
    }

    private long next() {
        return events.size();
    }

    /** A second an event. */
    private Instant at() {
        return opened.plusSeconds(next());
    }
}
