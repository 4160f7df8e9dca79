package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Rates usage and draws it down, inside a ledger transaction. */
@Component
class Drawdowns {

    private final Catalogue catalogue;
    private final Wallets wallets;
    private final Clock clock;

    Drawdowns(Catalogue catalogue, Wallets wallets, Clock clock) {
        this.catalogue = catalogue;
        this.wallets = wallets;
        this.clock = clock;
    }

    /**
     * Draws down all of {@code usage} that can be, in the order given: mostly one event per wallet.
     *
     * @return what could not be drawn down, and why
     */
    List<ParkedUsage> drawDown(List<Usage> usage, Arrival arrival) {
        var parked = new ArrayList<ParkedUsage>();
        var now = Wallets.instantOf(clock);
        batches(usage, parked)
                .forEach((walletId, batch) -> drawDown(new WalletId(walletId), batch, arrival, now, parked));
        return parked;
    }

    /** By the wallet that pays, sorted: transactions that meet take the wallets' locks in one order and cannot deadlock. */
    private Map<String, List<RatedUsage>> batches(List<Usage> usage, List<ParkedUsage> parked) {
        var prices = catalogue.prices();
        var mains = mains(usage);
        var batches = new TreeMap<String, List<RatedUsage>>();
        for (var used : usage) {
            var rated = new RatedUsage(used, prices.rate(used.meterId(), used.quantity(), used.occurredAt()));
            var main = mains.get(used.accountId());
            if (main == null) {
                parked.add(noWallet(rated));
            } else {
                var payer = main.payerOf(used.meterId()).value();
                batches.computeIfAbsent(payer, _ -> new ArrayList<>()).add(rated);
            }
        }
        return batches;
    }

    /** The main wallets of the accounts that have one: they know which wallet pays. */
    private Map<AccountId, WalletState> mains(List<Usage> usage) {
        var ids = new HashMap<AccountId, WalletId>();
        usage.forEach(used -> ids.computeIfAbsent(used.accountId(), WalletId::of));
        var existing =
                wallets.existing(ids.values().stream().map(WalletId::value).toList());
        var mains = new HashMap<AccountId, WalletState>();
        ids.forEach((account, id) -> {
            if (existing.contains(id.value())) {
                wallets.known(id).ifPresent(main -> mains.put(account, main));
            }
        });
        return mains;
    }

    private void drawDown(
            WalletId walletId, List<RatedUsage> batch, Arrival arrival, Instant now, List<ParkedUsage> parked) {
        // What is parked is guarded by no sequence: whether a meter settles in arrears must be the latest word.
        if (batch.stream().anyMatch(rated -> rated.rating instanceof NotRated)) {
            wallets.doubt(walletId);
        }
        wallets.update(walletId, wallet -> {
            wallets.requirePays(wallet.state(), batch.stream().map(rated -> rated.usage.meterId()));
            new WalletDrawdown(wallet::state, wallet::handle, arrival, now, parked).drawDown(batch);
        });
    }

    private static ParkedUsage noWallet(RatedUsage rated) {
        return rated.rating instanceof NotRated cause
                ? ParkedUsage.notRated(rated.usage, cause)
                : new ParkedUsage(
                        rated.usage,
                        Reason.NO_WALLET,
                        "Account " + rated.usage.accountId() + " has no wallet; open one or pay for credit");
    }

    /** Usage, and what its price says. */
    record RatedUsage(Usage usage, Rating rating) {}
}
