package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks in one wallet's history for the event that has a usage event. Events of before there were positions, which all come
 * first, are read through; among the others the place is found by halving.
 */
final class UsageSearch {

    private static final SourceRange NOWHERE = new SourceRange(-1, -1, -1);

    private final History history;
    private final long length;
    private final SoughtUsage wanted;

    /** @param length how many events the history has */
    UsageSearch(History history, long length, SoughtUsage wanted) {
        this.history = history;
        this.length = length;
        this.wanted = wanted;
    }

    /** Events of a wallet that follow each other as their usage does. */
    interface History {

        /** The first one in a range of sequences, of which the end is exclusive; null when there is none. */
        @Nullable
        WalletEvent next(long begin, long end);
    }

    /** The first event from a sequence on that has it. */
    Optional<WalletEvent> from(long sequence) {
        return between(sequence, length);
    }

    Optional<WalletEvent> byPosition() {
        long low = 0;
        long high = length;
        while (low < high) {
            long middle = (low + high) >>> 1;
            var event = positioned(middle, high);
            if (event == null || position(event).first() > wanted.offset()) {
                high = middle;
            } else if (position(event).last() < wanted.offset()) {
                low = event.header().sequence() + 1;
            } else {
                return Optional.of(event).filter(this::has);
            }
        }
        return low == 0 ? between(0, firstPositioned()) : Optional.empty();
    }

    private long firstPositioned() {
        var first = positioned(0, length);
        return first == null ? length : first.header().sequence();
    }

    /** The first event in a range that carries a position on the partition; the end is exclusive. */
    private @Nullable WalletEvent positioned(long begin, long end) {
        var event = history.next(begin, end);
        while (event != null && position(event).partition() != wanted.partition()) {
            event = history.next(event.header().sequence() + 1, end);
        }
        return event;
    }

    private Optional<WalletEvent> between(long begin, long end) {
        var event = history.next(begin, end);
        while (event != null && !has(event)) {
            event = history.next(event.header().sequence() + 1, end);
        }
        return Optional.ofNullable(event);
    }

    private static SourceRange position(WalletEvent event) {
        var position = switch (event) {
            case UsageDrawnDown drawn -> drawn.position();
            case UsageAdjusted adjusted -> adjusted.adjustment().position();
            case UsageLeftToArrears left -> left.position();
            default -> null;
        };
        return position == null ? NOWHERE : position;
    }

    private boolean has(WalletEvent event) {
        return switch (event) {
            case UsageDrawnDown drawn ->
                drawn.lines().stream().anyMatch(line -> wanted.name().is(line.source(), line.id()));
            case UsageLeftToArrears left ->
                left.lines().stream().anyMatch(line -> wanted.name().is(line.source(), line.id()));
            case UsageAdjusted adjusted ->
                adjusted.adjustment().correction() == null
                        && wanted.name()
                                .is(
                                        adjusted.adjustment().source(),
                                        adjusted.adjustment().id());
            default -> false;
        };
    }
}
