package io.drawdown.wallet.credit;

import io.drawdown.wallet.account.AccountZones;
import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.catalog.CreditFlag;
import io.drawdown.wallet.credit.ParkedLine.Reason;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.CreditLine;
import io.drawdown.wallet.domain.CreditTerms;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.Transience;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Credits the paid lines of invoices. */
@Component
class Credits {

    private static final Logger log = LoggerFactory.getLogger(Credits.class);

    private final Ledger ledger;
    private final Wallets wallets;
    private final Catalogue catalogue;
    private final AccountZones accounts;
    private final ParkedCreditTable parkedCredit;
    private final Reversals reversals;
    private final Clock clock;
    private final PassingFailure further;

    Credits(
            Ledger ledger,
            Wallets wallets,
            Catalogue catalogue,
            AccountZones accounts,
            ParkedCreditTable parkedCredit,
            Reversals reversals,
            Clock clock,
            PassingFailure further) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.parkedCredit = parkedCredit;
        this.reversals = reversals;
        this.clock = clock;
        this.further = further;
    }

    /** Credits the lines of one paid invoice, or parks them; repeats change nothing. */
    void creditInvoice(@Nullable String traceparent, List<PaidLine> lines) {
        ledger.inTransaction(traceparent, () -> {
            credit(lines);
            return lines;
        });
    }

    /** Looks at all parked lines again, one invoice per transaction: one that fails holds up no other. */
    void creditParked() {
        var next = parkedCredit.invoiceAfter("");
        while (next.isPresent()) {
            creditParked(next.get());
            next = parkedCredit.invoiceAfter(next.get());
        }
    }

    private void creditParked(String invoiceId) {
        try {
            ledger.inTransaction(() -> credit(parkedCredit.lock(invoiceId)));
        } catch (RuntimeException failure) {
            if (Transience.isCauseOf(failure, further)) {
                throw failure;
            }
            log.warn("Invoice {} cannot be credited and stays parked", invoiceId, failure);
            parkedCredit.setAside(
                    invoiceId,
                    "Cannot be credited, look for it in the log and mend the cause: "
                            + NestedExceptionUtils.getMostSpecificCause(failure));
        }
    }

    private List<PaidLine> credit(List<PaidLine> lines) {
        var buying = new ArrayList<PaidLine>();
        var settled = new ArrayList<String>();
        for (var line : lines) {
            switch (verdict(line)) {
                case CREDIT -> buying.add(line);
                case NO_CREDIT -> settled.add(line.lineId());
                case UNKNOWN -> parkedCredit.park(unknownPrice(line));
            }
        }
        if (!buying.isEmpty()) {
            settled.addAll(buy(buying));
        }
        parkedCredit.remove(settled);
        return lines;
    }

    private CreditFlag verdict(PaidLine line) {
        if (!line.subtotal().isPositive()) {
            return CreditFlag.NO_CREDIT;
        }
        if (line.replenishmentId() != null) {
            return CreditFlag.CREDIT;
        }
        return line.priceId() == null ? CreditFlag.NO_CREDIT : catalogue.creditFlag(line.priceId());
    }

    /** Lines of one invoice, all of which buy credit; returns the ids of those that were credited now or before. */
    private List<String> buy(List<PaidLine> lines) {
        var first = lines.getFirst();
        var account = first.accountId();
        if (account == null) {
            lines.forEach(line -> parkedCredit.park(noAccount(line)));
            return List.of();
        }
        reversals.lock(lines);
        var now = Wallets.instantOf(clock);
        var wallet = wallet(account, first, now).orElse(null);
        if (wallet == null) {
            lines.forEach(line -> parkedCredit.park(unknownAccount(line)));
            return List.of();
        }
        return buy(lines, wallet, now);
    }

    private List<String> buy(List<PaidLine> lines, WalletState wallet, Instant now) {
        var first = lines.getFirst();
        if (!wallet.currency().equals(first.subtotal().currency())) {
            lines.forEach(line -> parkedCredit.park(mismatch(line, wallet)));
            return List.of();
        }
        if (wallet.status() == WalletStatus.CLOSED) {
            return parkUncredited(lines, wallet);
        }
        var credit = lines.stream().map(this::creditLine).toList();
        var credited = wallets.execute(
                new CreditPaidInvoice(wallet.id(), first.invoiceId(), first.replenishmentId(), credit, now));
        reversals.catchUp(credited, credit);
        return lines.stream().map(PaidLine::lineId).toList();
    }

    /** An invoice may be told again long after it was credited, and its wallet closed since. */
    private List<String> parkUncredited(List<PaidLine> lines, WalletState wallet) {
        var credited = new ArrayList<String>();
        for (var line : lines) {
            if (wallet.grantIds().contains(GrantId.ofInvoiceLine(line.lineId()))) {
                credited.add(line.lineId());
            } else {
                parkedCredit.park(closed(line, wallet));
            }
        }
        return credited;
    }

    /**
     * The further wallet that the invoice names, if it is one of the account's; else its main one, opened if need be. Empty when it
     * would have to be opened for an account of which nobody has said yet in which time zone it counts.
     */
    private Optional<WalletState> wallet(AccountId account, PaidLine line, Instant now) {
        return Optional.ofNullable(line.walletId())
                .filter(named -> !named.isMain() && named.account().equals(account))
                .flatMap(wallets::find)
                .or(() -> openWallet(account, line, now));
    }

    private Optional<WalletState> openWallet(AccountId account, PaidLine line, Instant now) {
        var id = WalletId.of(account);
        var currency = line.subtotal().currency();
        return wallets.find(id)
                .or(() -> accounts.of(account)
                        .map(zone -> wallets.open(new OpenWallet(id, account, currency, zone, now))));
    }

    private CreditLine creditLine(PaidLine line) {
        return new CreditLine(line.lineId(), line.subtotal(), line.paid(), line.quantity(), terms(line));
    }

    /** A wallet that asks for a top-up lacks what may be spent on everything, and would ask again at once for anything else. */
    private CreditTerms terms(PaidLine line) {
        var terms = line.priceId() == null ? CreditTerms.USUAL : catalogue.creditTerms(line.priceId(), line.paidAt());
        return line.replenishmentId() == null ? terms : terms.forEverything();
    }

    private static ParkedLine unknownPrice(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.UNKNOWN_PRICE,
                "Price " + line.priceId() + " is not in the catalogue; it is decided when it arrives there");
    }

    private static ParkedLine noAccount(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.NO_ACCOUNT,
                "Invoice " + line.invoiceId() + " names no account; link its customer to an account");
    }

    private static ParkedLine unknownAccount(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.UNKNOWN_ACCOUNT,
                "Account " + line.accountId()
                        + " is not on crm.accounts.v1, which says in which time zone it counts; its wallet"
                        + " opens and the line is credited when it appears there, or when somebody opens the wallet");
    }

    private static ParkedLine closed(PaidLine line, WalletState wallet) {
        return new ParkedLine(
                line,
                Reason.WALLET_CLOSED,
                "Wallet " + wallet.id() + " is closed; open it again to credit the line, or refund the invoice");
    }

    private static ParkedLine mismatch(PaidLine line, WalletState wallet) {
        return new ParkedLine(
                line,
                Reason.CURRENCY_MISMATCH,
                "Wallet " + wallet.id() + " holds " + wallet.currency() + " and cannot take " + line.subtotal()
                        + "; refund the invoice or credit by hand");
    }
}
