package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Transaction;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is due from time to time, a limited number in each transaction, and reports what cannot count. */
public final class MeterProcessing {

    private static final int BATCH = 500;

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

    /** One batch. */
    public void run(Transaction tx) {
        long now = realTime.millis();
        MeterEventLog.process(tx, now, BATCH);
        MeterEventLog.forget(tx, BATCH);
        ErrorReports.close(tx, now, settings.validationWindow());
    }
}
