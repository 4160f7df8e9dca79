package io.drawdown.wallet.credit;

import io.drawdown.wallet.account.AccountZones;
import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.catalog.CreditFlag;
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
                case UNKNOWN -> parkedCredit.park(ParkedLine.unknownPrice(line));
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
        var account = lines.getFirst().accountId();
        if (account == null) {
            lines.forEach(line -> parkedCredit.park(ParkedLine.noAccount(line)));
            return List.of();
        }
        reversals.lock(lines);
        var target = target(account, lines.getFirst());
        var settled = new ArrayList<>(creditedElsewhere(account, target, lines));
        var open =
                lines.stream().filter(line -> !settled.contains(line.lineId())).toList();
        settled.addAll(buy(lines.getFirst(), open, target));
        return settled;
    }

    /** @param open those that no other wallet of the account has got; the invoice may have charged a top-up even if there are none */
    private List<String> buy(PaidLine first, List<PaidLine> open, WalletId target) {
        var now = Wallets.instantOf(clock);
        var wallet = wallet(target, first, now).orElse(null);
        if (wallet == null) {
            open.forEach(line -> parkedCredit.park(
                    target.isMain() ? ParkedLine.unknownAccount(line) : ParkedLine.unknownWallet(line, target)));
            return List.of();
        }
        if (!wallet.currency().equals(first.subtotal().currency())) {
            open.forEach(line -> parkedCredit.park(ParkedLine.mismatch(line, wallet)));
            return List.of();
        }
        return wallet.status() == WalletStatus.CLOSED
                ? parkUncredited(open, wallet)
                : credit(first, open, wallet.id(), now);
    }

    private List<String> credit(PaidLine first, List<PaidLine> open, WalletId target, Instant now) {
        var credit = open.stream().map(this::creditLine).toList();
        var credited =
                wallets.execute(new CreditPaidInvoice(target, first.invoiceId(), first.replenishmentId(), credit, now));
        reversals.catchUp(credited, credit);
        return open.stream().map(PaidLine::lineId).toList();
    }

    /** An invoice may name another wallet than it did when it was credited, and credits none again. */
    private List<String> creditedElsewhere(AccountId account, WalletId target, List<PaidLine> lines) {
        var others = wallets.ofAccount(account).stream()
                .filter(id -> !id.equals(target))
                .map(id -> wallets.get(id).grantIds())
                .toList();
        return lines.stream()
                .map(PaidLine::lineId)
                .filter(line -> others.stream().anyMatch(given -> given.contains(GrantId.ofInvoiceLine(line))))
                .toList();
    }

    /** An invoice may be told again long after it was credited, and its wallet closed since. */
    private List<String> parkUncredited(List<PaidLine> lines, WalletState wallet) {
        var credited = new ArrayList<String>();
        for (var line : lines) {
            if (wallet.grantIds().contains(GrantId.ofInvoiceLine(line.lineId()))) {
                credited.add(line.lineId());
            } else {
                parkedCredit.park(ParkedLine.closed(line, wallet));
            }
        }
        return credited;
    }

    /** The further wallet that the invoice names, if it is the account's by its name; else its main one. */
    private static WalletId target(AccountId account, PaidLine line) {
        var named = line.walletId();
        return named != null && named.account().equals(account) ? named : WalletId.of(account);
    }

    /**
     * A main wallet is opened if need be. Empty when it would have to be for an account of which nobody has said yet in which time
     * zone it counts, and for a further one that nobody has opened yet: in any other the credit would be spent on other things.
     */
    private Optional<WalletState> wallet(WalletId target, PaidLine line, Instant now) {
        var found = wallets.find(target);
        return found.isPresent() || !target.isMain() ? found : openMain(target, line, now);
    }

    private Optional<WalletState> openMain(WalletId id, PaidLine line, Instant now) {
        var currency = line.subtotal().currency();
        return accounts.of(id.account())
                .map(zone -> wallets.open(new OpenWallet(id, id.account(), currency, zone, now)));
    }

    private CreditLine creditLine(PaidLine line) {
        return new CreditLine(line.lineId(), line.subtotal(), line.paid(), line.quantity(), terms(line));
    }

    /** A wallet that asks for a top-up lacks what may be spent on everything, and would ask again at once for anything else. */
    private CreditTerms terms(PaidLine line) {
        var terms = line.priceId() == null ? CreditTerms.USUAL : catalogue.creditTerms(line.priceId(), line.paidAt());
        return line.replenishmentId() == null ? terms : terms.forEverything();
    }
}
