package io.drawdown.chaos.check;

import static java.util.Objects.requireNonNullElse;

import io.drawdown.chaos.load.Sent.Correction;
import io.drawdown.chaos.load.Sent.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a usage event counts after each of its corrections, as the rules say: a void is final, and some usage can only be voided. */
final class Correcting {

    private final Usage usage;
    private final List<Correction> followed = new ArrayList<>();
    private final List<Correction> refused = new ArrayList<>();
    private final Map<String, String> reasons = new HashMap<>();

    private Correcting(Usage usage) {
        this.usage = usage;
    }

    /** By usage id; usage that nobody has corrected is left out. */
    static Map<String, Correcting> of(Iterable<Correction> inOrder) {
        var byUsage = new HashMap<String, Correcting>();
        inOrder.forEach(
                correction -> byUsage.computeIfAbsent(correction.usage().id(), _ -> new Correcting(correction.usage()))
                        .add(correction));
        return byUsage;
    }

    /** Of usage that nobody has corrected. */
    static Correcting none(Usage usage) {
        return new Correcting(usage);
    }

    private void add(Correction correction) {
        var reason = refusalOf(correction);
        if (reason == null) {
            followed.add(correction);
        } else {
            refused.add(correction);
            reasons.put(correction.id(), reason);
        }
    }

    private @Nullable String refusalOf(Correction correction) {
        if (usage.refusal() != null) {
            return "unknown-usage";
        }
        if (isVoid()) {
            return "voided-already";
        }
        return isAllowed(correction) ? null : "not-replaceable";
    }

    private boolean isAllowed(Correction correction) {
        return correction.quantity() == null || usage.meter().canBeReplaced();
    }

    private boolean isVoid() {
        return !followed.isEmpty() && followed.getLast().quantity() == null;
    }

    /** Those that have an effect, in their order. */
    List<Correction> followed() {
        return followed;
    }

    /** Those that must be refused. */
    List<Correction> refused() {
        return refused;
    }

    /** Why each of these must be refused, by its id and by the gate's name for that reason. */
    Map<String, String> reasons() {
        return reasons;
    }

    /** What counts after so many of those that have an effect; null when it is void. */
    @Nullable
    BigDecimal after(int corrections) {
        return corrections == 0
                ? usage.quantity()
                : followed.get(corrections - 1).quantity();
    }

    /** What counts in the end; zero when it is void. */
    BigDecimal counts() {
        var quantity = after(followed.size());
        return quantity == null ? BigDecimal.ZERO : quantity;
    }

    /** When it occurred in the end, where the event has said this at first. */
    Instant occurredAt(Instant atFirst) {
        return followed.isEmpty()
                ? atFirst
                : requireNonNullElse(followed.getLast().time(), atFirst);
    }

    Usage usage() {
        return usage;
    }
}
