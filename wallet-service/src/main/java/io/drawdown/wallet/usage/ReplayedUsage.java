package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.WalletId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage that is drawn down after it was parked: where it went is noted, because its position does not tell. */
final class ReplayedUsage implements Arrival {

    private final List<Place> places = new ArrayList<>();

    @Override
    public @Nullable SourceRange drawing(List<Usage> usage, WalletId walletId, long sequence) {
        usage.forEach(each -> places.add(new Place(each, walletId, sequence)));
        return null;
    }

    List<Place> places() {
        return places;
    }

    /** @param sequence the first draw-down of the wallet from here on that has the usage */
    record Place(Usage usage, WalletId walletId, long sequence) {}
}
