package io.drawdown.local.process;

/** The signal that asks a process to stop in good order. */
public enum StopSignal {
    /** What every JVM takes as a request to shut down. */
    TERM,
    /** PostgreSQL's fast shutdown: TERM would wait until the last client has gone. */
    INT
}
