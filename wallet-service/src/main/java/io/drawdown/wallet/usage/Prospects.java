package io.drawdown.wallet.usage;

import static java.util.stream.Collectors.toSet;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.Transience;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which parked usage may be drawn down by now. What an account goes on to report that has left, has no wallet or no price yet may be
 * millions, which must be neither locked nor tried for nothing, nor hold up what is behind it.
 */
@Component
class Prospects {

    private final WalletHistory history;
    private final Wallets wallets;
    private final Catalogue catalogue;
    private final PassingFailure further;

    Prospects(WalletHistory history, Wallets wallets, Catalogue catalogue, PassingFailure further) {
        this.history = history;
        this.wallets = wallets;
        this.catalogue = catalogue;
        this.further = further;
    }

    /** Without those for which nothing has changed that they wait for. */
    List<ParkedUsage> of(List<ParkedUsage> found) {
        var now = new Now(withWallet(found), catalogue.prices());
        return found.stream().filter(now::isPromising).toList();
    }

    private Set<WalletId> withWallet(List<ParkedUsage> found) {
        return history.opened(found.stream().map(parked -> main(parked.usage())).collect(toSet()));
    }

    private static WalletId main(Usage usage) {
        return WalletId.of(usage.accountId());
    }

    /** How things stand: each wallet is asked for once. */
    private final class Now {

        private final Set<WalletId> opened;
        private final PriceBook prices;
        private final Map<WalletId, Optional<WalletState>> asked = new HashMap<>();
        private final Set<AccountId> unreadable = new HashSet<>();

        private Now(Set<WalletId> opened, PriceBook prices) {
            this.opened = opened;
            this.prices = prices;
        }

        /** What cannot be told for an account is found out where its usage is tried, alone if need be. */
        private boolean isPromising(ParkedUsage parked) {
            var account = parked.usage().accountId();
            try {
                return unreadable.contains(account) || isPromisingIfReadable(parked);
            } catch (RuntimeException failure) {
                if (Transience.isCauseOf(failure, further)) {
                    throw failure;
                }
                return unreadable.add(account);
            }
        }

        private boolean isPromisingIfReadable(ParkedUsage parked) {
            var usage = parked.usage();
            return switch (parked.reason()) {
                case NO_WALLET -> opened.contains(main(usage));
                case WALLET_CLOSED -> payer(usage).filter(Now::isInUse).isPresent();
                case NO_PRICE, UNSUPPORTED_SCHEME -> !(rating(usage) instanceof NotRated) || isLeftToStripe(usage);
                case PERIOD_CLOSED -> rating(usage) instanceof Rated || isLeftToStripe(usage);
                case CURRENCY_MISMATCH -> isInItsCurrency(usage) || isLeftToStripe(usage);
                default -> true;
            };
        }

        private Rating rating(Usage usage) {
            return prices.rate(usage.meterId(), usage.quantity(), usage.occurredAt());
        }

        private boolean isInItsCurrency(Usage usage) {
            return rating(usage) instanceof Priced price
                    && payer(usage)
                            .filter(wallet -> wallet.currency().equals(price.currency()))
                            .isPresent();
        }

        private boolean isLeftToStripe(Usage usage) {
            return payer(usage)
                    .filter(wallet -> wallet.settlements().of(usage.meterId()) == Settlement.ARREARS)
                    .isPresent();
        }

        private Optional<WalletState> payer(Usage usage) {
            var main = main(usage);
            return opened.contains(main)
                    ? wallet(main).flatMap(wallet -> wallet(wallet.payerOf(usage.meterId())))
                    : Optional.empty();
        }

        private Optional<WalletState> wallet(WalletId id) {
            return asked.computeIfAbsent(id, wallets::find);
        }

        private static boolean isInUse(WalletState wallet) {
            return wallet.status() != WalletStatus.CLOSED;
        }
    }
}
