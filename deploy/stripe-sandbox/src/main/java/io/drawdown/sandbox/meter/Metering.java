package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Routes;
import java.time.InstantSource;

/** The operations of meters and usage. */
public final class Metering {

    private Metering() {}

    /** Declares them all. */
    public static void register(Routes routes, Fields fields, MeterSettings settings, InstantSource realTime) {
        var intake = new Intake(settings, realTime);
        new Meters(fields).register(routes);
        new MeterEvents(intake).register(routes);
        new MeterEventsV2(intake).register(routes);
        new Summaries(settings, realTime).register(routes);
    }
}
