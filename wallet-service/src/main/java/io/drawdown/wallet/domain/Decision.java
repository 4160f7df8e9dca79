package io.drawdown.wallet.domain;

import java.util.Iterator;
import java.util.List;

/**
 * What a wallet has decided.
 *
 * <p>Goes through its events, each with the wallet after it: these are folded anew and one at a time. All the wallets after each of
 * thousands of events, with thousands of grants or holds in each, would not fit into the memory together.
 *
 * @param before what it was
 * @param events in their order; none when nothing changes
 * @param after what it is after all of them
 */
public record Decision(WalletState before, List<WalletEvent> events, WalletState after) implements Iterable<Step> {

    @Override
    public Iterator<Step> iterator() {
        return new Steps(before, events.iterator());
    }

    /** What has been gone through, and what comes. */
    private static final class Steps implements Iterator<Step> {

        private final Iterator<WalletEvent> events;
        private WalletState wallet;

        private Steps(WalletState before, Iterator<WalletEvent> events) {
            this.wallet = before;
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public Step next() {
            var event = events.next();
            wallet = WalletState.evolve(wallet, event);
            return new Step(event, wallet);
        }
    }
}
