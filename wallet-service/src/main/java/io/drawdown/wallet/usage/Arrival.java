package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.WalletId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How usage comes to be drawn down, which decides how it is found again. */
interface Arrival {

    /** As it stands on its partition: it is found by its position. */
    Arrival IN_ORDER = (usage, _, _) -> new SourceRange(
            usage.getFirst().sourcePartition(),
            usage.getFirst().sourceOffset(),
            usage.getLast().sourceOffset());

    /**
     * Is told of usage that is about to be drawn down in one event.
     *
     * @param sequence the event is the first one of the wallet from this sequence on that has the usage
     * @return the position that the event is to carry; null when it is not in order
     */
    @Nullable
    SourceRange drawing(List<Usage> usage, WalletId walletId, long sequence);
}
