package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.store.Condition;

/** How long things are remembered that Stripe forgets too. */
public final class Retention {

    /** Events are listed and kept for 30 days, by the sandbox's own time. */
    static final long EVENT_SECONDS = 30 * 24 * 60 * 60L;

    private Retention() {}

    /** Forgets events and idempotent results that are too old to be asked for. */
    public static void apply(Transaction tx) {
        long now = tx.moment().outside();
        tx.work().removeAll(EventLog.TYPE.name(), before("_recorded", now - EVENT_SECONDS));
        tx.work().removeAll(IdempotentResults.KIND, before("at", now));
    }

    private static Condition before(String key, long time) {
        return Condition.that(key, value -> Long.parseLong(value) < time);
    }
}
