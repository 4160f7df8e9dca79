package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short names for what tests of the wallet begin with. */
final class Given {

    static final Currency USD = Currency.getInstance("USD");
    static final AccountId ACCOUNT = new AccountId("acme");
    static final WalletId WALLET = WalletId.of(ACCOUNT);
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");
    static final BackOff BACK_OFF = new BackOff(Duration.ofHours(1), Duration.ofHours(24));
    static final ReplenishmentId FIRST_REQUEST = new ReplenishmentId("rpl_acme_1");

    private Given() {}

    static EventHeader header(long sequence) {
        return new EventHeader(WALLET, ACCOUNT, sequence, NOW);
    }

    static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    static OpenWallet open() {
        return new OpenWallet(WALLET, ACCOUNT, USD, Zone.UTC, NOW);
    }

    static WalletOpened opened() {
        return new WalletOpened(header(0), USD, Zone.UTC);
    }

    static ReplenishmentPolicyChanged toppedUp(long sequence, String threshold, String amount) {
        return new ReplenishmentPolicyChanged(
                header(sequence), new ReplenishmentPolicy(true, usd(threshold), usd(amount)));
    }

    static CreditGranted paid(long sequence, String line, String amount, String settledAfter) {
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
                usd("0"),
                new GrantCause.PaidInvoice("in_1", line, null),
                usd(settledAfter));
    }

    static CreditGranted given(
            long sequence, String id, String amount, int priority, @Nullable Instant expiresAt, String settledAfter) {
        return new CreditGranted(
                header(sequence),
                new GrantId(id),
                usd(amount),
                usd("0"),
                GrantKind.PROMOTIONAL,
                priority,
                NOW,
                expiresAt,
                List.of(),
                null,
                usd("0"),
                new GrantCause.Given("welcome"),
                usd(settledAfter));
    }

    static GrantExpired expired(long sequence, String grant, String amount, Instant at, String settledAfter) {
        return new GrantExpired(
                new EventHeader(WALLET, ACCOUNT, sequence, at), new GrantId(grant), usd(amount), usd(settledAfter));
    }

    /** A gift that may be spent on some meters, or from some time on. */
    static GiveCredit give(
            String id, String amount, @Nullable Instant effectiveAt, @Nullable Instant expiresAt, String... meterIds) {
        return new GiveCredit(
                WALLET,
                new GrantId(id),
                usd(amount),
                50,
                effectiveAt,
                expiresAt,
                List.of(meterIds),
                null,
                "welcome",
                NOW);
    }

    static UsageLine line(String id, String amount) {
        return new UsageLine("/test", id, "mtr", "price", BigDecimal.ONE, usd(amount), NOW, null);
    }

    static DrawDown drawDown(String... amounts) {
        return drawDownAt(NOW, amounts);
    }

    static DrawDown drawDownAt(Instant at, String... amounts) {
        var lines = java.util.stream.IntStream.range(0, amounts.length)
                .mapToObj(i -> line("u" + i, amounts[i]))
                .toList();
        return new DrawDown(WALLET, lines, at);
    }

    static UsageDrawnDown drawnDown(
            long sequence,
            DrawDown cause,
            String total,
            String overdraft,
            String settledAfter,
            Allocation... allocations) {
        return new UsageDrawnDown(
                new EventHeader(WALLET, ACCOUNT, sequence, cause.at()),
                usd(total),
                cause.lines(),
                List.of(allocations),
                usd(overdraft),
                usd(settledAfter),
                cause.position());
    }

    static Allocation allocation(String grant, String amount) {
        return new Allocation(new GrantId(grant), usd(amount));
    }

    static ReplenishRequested requested(long sequence, String amount, String threshold, String available) {
        return new ReplenishRequested(
                header(sequence), FIRST_REQUEST, usd(amount), usd(threshold), usd(available), false, null);
    }

    static FailReplenishment declined(ReplenishmentId id, Instant at) {
        return new FailReplenishment(WALLET, id, "in_9", "declined", "The card was declined", BACK_OFF, at);
    }

    static ReplenishSettled failed(long sequence, ReplenishmentId id, Instant at, Duration pause) {
        return new ReplenishSettled(
                new EventHeader(WALLET, ACCOUNT, sequence, at),
                id,
                ReplenishmentOutcome.FAILED,
                "in_9",
                "declined",
                "The card was declined",
                at.plus(pause));
    }
}
