package io.drawdown.chaos.check;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Usage as the ledger has it, by its id: where it was drawn down, left to Stripe's meters, and corrected since. */
final class LedgerUsage {

    private final Map<String, List<Entry>> drawn = new HashMap<>();
    private final Map<String, List<Entry>> left = new HashMap<>();
    private final Map<String, List<Step>> adjusted = new HashMap<>();
    private final Map<String, List<Step>> adjustedAtStripe = new HashMap<>();

    /** Where it came onto the ledger. */
    record Entry(
            String account, String id, String meterId, Instant occurredAt, BigDecimal quantity, BigDecimal amount) {

        private static Entry of(UsageDrawnDown event, UsageLine line) {
            return new Entry(
                    event.getAccountId(),
                    line.getId(),
                    line.getMeterId(),
                    line.getOccurredAt(),
                    new BigDecimal(line.getQuantity()),
                    new BigDecimal(line.getAmount()));
        }

        private static Entry of(UsageLeftToArrears event, LeftUsage line) {
            return new Entry(
                    event.getAccountId(),
                    line.getId(),
                    line.getMeterId(),
                    line.getOccurredAt(),
                    new BigDecimal(line.getQuantity()),
                    BigDecimal.ZERO);
        }

        /** Usage that made other usage cheaper. */
        private static Entry of(UsageAdjusted event) {
            var measure = Objects.requireNonNull(event.getAfter(), "New usage counts");
            return new Entry(
                    event.getAccountId(),
                    event.getId(),
                    event.getMeterId(),
                    measure.getOccurredAt(),
                    new BigDecimal(measure.getQuantity()),
                    new BigDecimal(event.getAmount()));
        }
    }

    /** A correction as the ledger has followed it; a quantity is null where nothing counts. */
    record Step(
            String account,
            String meterId,
            Instant occurredAt,
            String correctionId,
            @Nullable BigDecimal before,
            @Nullable BigDecimal after,
            BigDecimal amount) {

        private static Step of(UsageAdjusted event) {
            var measure = Objects.requireNonNull(event.getAfter() == null ? event.getBefore() : event.getAfter());
            return new Step(
                    event.getAccountId(),
                    event.getMeterId(),
                    measure.getOccurredAt(),
                    String.valueOf(event.getCorrectionId()),
                    quantity(event.getBefore()),
                    quantity(event.getAfter()),
                    new BigDecimal(event.getAmount()));
        }

        private static Step of(ArrearsAdjusted event) {
            return new Step(
                    event.getAccountId(),
                    event.getMeterId(),
                    event.getBefore().getOccurredAt(),
                    event.getCorrectionId(),
                    quantity(event.getBefore()),
                    quantity(event.getAfter()),
                    BigDecimal.ZERO);
        }

        /** What moves to another month, where its cost depends on other usage, is undone and done again. */
        private boolean isUndoneFor(Step next) {
            return correctionId.equals(next.correctionId) && after == null && next.before == null;
        }

        private Step and(Step next) {
            return new Step(
                    account, meterId, next.occurredAt, correctionId, before, next.after, amount.add(next.amount));
        }

        private static @Nullable BigDecimal quantity(@Nullable RatedMeasure measure) {
            return measure == null ? null : new BigDecimal(measure.getQuantity());
        }

        private static @Nullable BigDecimal quantity(@Nullable LeftMeasure measure) {
            return measure == null ? null : new BigDecimal(measure.getQuantity());
        }
    }

    LedgerUsage(WalletTopic topic) {
        topic.all(UsageDrawnDown.class)
                .forEach(event -> event.getLines().forEach(line -> add(drawn, line.getId(), Entry.of(event, line))));
        topic.all(UsageLeftToArrears.class)
                .forEach(event -> event.getLines().forEach(line -> add(left, line.getId(), Entry.of(event, line))));
        topic.all(UsageAdjusted.class).forEach(this::add);
        topic.all(ArrearsAdjusted.class).forEach(event -> add(adjustedAtStripe, event.getId(), Step.of(event)));
    }

    private void add(UsageAdjusted event) {
        if (event.getCorrectionId() == null) {
            add(drawn, event.getId(), Entry.of(event));
        } else {
            add(adjusted.computeIfAbsent(event.getId(), _ -> new ArrayList<>()), Step.of(event));
        }
    }

    private static void add(List<Step> steps, Step step) {
        if (!steps.isEmpty() && steps.getLast().isUndoneFor(step)) {
            steps.add(steps.removeLast().and(step));
        } else {
            steps.add(step);
        }
    }

    private static <T> void add(Map<String, List<T>> lists, String id, T one) {
        lists.computeIfAbsent(id, _ -> new ArrayList<>()).add(one);
    }

    Map<String, List<Entry>> drawn() {
        return drawn;
    }

    Map<String, List<Entry>> left() {
        return left;
    }

    Map<String, List<Step>> adjusted() {
        return adjusted;
    }

    Map<String, List<Step>> adjustedAtStripe() {
        return adjustedAtStripe;
    }

    List<Entry> drawn(String id) {
        return drawn.getOrDefault(id, List.of());
    }

    List<Entry> left(String id) {
        return left.getOrDefault(id, List.of());
    }

    List<Step> adjusted(String id) {
        return adjusted.getOrDefault(id, List.of());
    }

    List<Step> adjustedAtStripe(String id) {
        return adjustedAtStripe.getOrDefault(id, List.of());
    }
}
