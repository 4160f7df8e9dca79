package io.drawdown.chaos.check;

import io.drawdown.chaos.check.LedgerUsage.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the corrections of one usage event as the ledger followed them. Where usage may wait, for its price or for its
 * wallet, a correction that waits gives its place to the next one of the same usage: then only the last must be there.
 */
final class Following {

    private final Correcting correcting;
    private final boolean mayWait;
    private final Consumer<String> violations;
    private int next;

    Following(Correcting correcting, boolean mayWait, Consumer<String> violations) {
        this.correcting = correcting;
        this.mayWait = mayWait;
        this.violations = violations;
    }

    /**
     * Looks at all of it.
     *
     * @param quantity as it is on the ledger at first
     */
    void check(BigDecimal quantity, List<Step> steps) {
        var id = correcting.usage().id();
        int corrections = correcting.followed().size();
        if (steps.size() > corrections || (steps.size() < corrections && !mayWait)) {
            violations.accept(
                    id + " was corrected " + corrections + " times and is adjusted " + steps.size() + " times");
            return;
        }
        if (!countedAtFirst(quantity)) {
            violations.accept(id + " is on the ledger with " + quantity + ", which never counted");
        }
        @Nullable BigDecimal before = quantity;
        for (var step : steps) {
            follow(step, before);
            before = step.after();
        }
        if (mayWait && !counts(correcting.after(corrections), before)) {
            violations.accept(id + " counts " + before + " where " + correcting.after(corrections) + " has to");
        }
    }

    private boolean countedAtFirst(BigDecimal quantity) {
        int most = mayWait ? correcting.followed().size() : 0;
        while (next < most && !counts(correcting.after(next), quantity)) {
            next++;
        }
        return counts(correcting.after(next), quantity);
    }

    private void follow(Step step, @Nullable BigDecimal before) {
        var followed = correcting.followed();
        int place = next;
        while (place < followed.size() && !followed.get(place).id().equals(step.correctionId())) {
            place++;
        }
        if (place == followed.size() || (place > next && !mayWait)) {
            violations.accept(step + " where " + followed.subList(Math.min(next, followed.size()), followed.size())
                    + " have to be followed");
            return;
        }
        next = place + 1;
        if (!counts(before, step.before()) || !counts(correcting.after(next), step.after())) {
            violations.accept(step + " where " + followed.get(place) + " has to be followed from " + before);
        }
    }

    private static boolean counts(@Nullable BigDecimal expected, @Nullable BigDecimal said) {
        return expected == null || said == null ? expected == null && said == null : Amounts.equal(expected, said);
    }
}
