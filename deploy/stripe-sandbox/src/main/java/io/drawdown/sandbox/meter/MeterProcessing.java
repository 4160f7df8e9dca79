package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Transaction;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Counts what is due from time to time, a limited number in each transaction, and reports what cannot count. */
public final class MeterProcessing {

    private final MeterSettings settings;
    private final InstantSource realTime;

    public MeterProcessing(MeterSettings settings, InstantSource realTime) {
        this.settings = settings;
        this.realTime = realTime;
    }

    /** The kinds that meters store besides themselves, with their keys. */
    public static Map<String, List<String>> kinds() {
        var kinds = new HashMap<>(MeterEventLog.kinds());
        kinds.putAll(Series.kinds());
        kinds.putAll(ErrorReports.kinds());
        return kinds;
    }

    /**
     * Does what is due, a batch in each transaction: others get their turn in between.
     *
     * @param transactions runs a step in a transaction of its own
     */
    public void run(Consumer<Consumer<Transaction>> transactions) {
        var more = new AtomicBoolean(true);
        while (more.get() && !Thread.currentThread().isInterrupted()) {
            transactions.accept(tx -> more.set(MeterEventLog.process(tx, realTime.millis())));
        }
        transactions.accept(tx -> {
            MeterEventLog.forget(tx);
            ErrorReports.close(tx, realTime.millis(), settings.validationWindow());
        });
    }
}
