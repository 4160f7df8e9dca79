package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A decision in the making: the events so far, and the wallet after them.
 *
 * <p>A wallet's time never goes back: when a clock that is behind asks, the wallet decides as of its last event. So events
 * stand in the order of their instants, and what a wallet was worth at an instant can be read from them for ever.
 */
final class Course {

    private final WalletState before;
    private final Instant at;
    private final List<WalletEvent> events = new ArrayList<>(2);
    private WalletState wallet;

    Course(WalletState wallet, Instant asked) {
        this.before = wallet;
        this.wallet = wallet;
        this.at = wallet.timeAt(asked);
    }

    /** The wallet after what has been decided so far. */
    WalletState wallet() {
        return wallet;
    }

    /** As of when the wallet decides. */
    Instant at() {
        return at;
    }

    /** The header of the next event. */
    EventHeader header() {
        return headerAt(at);
    }

    /** The header of the next event, which counts from {@code instant} on or from the last event, whichever is later. */
    EventHeader headerAt(Instant instant) {
        return new EventHeader(wallet.id(), wallet.accountId(), wallet.version(), wallet.timeAt(instant));
    }

    void record(WalletEvent event) {
        wallet = WalletState.evolve(wallet, event);
        events.add(event);
    }

    /** What has been decided so far. */
    List<WalletEvent> events() {
        return Collections.unmodifiableList(events);
    }

    Decision decision() {
        return new Decision(before, List.copyOf(events), wallet);
    }
}
