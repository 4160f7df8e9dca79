package io.drawdown.bench.measure;

import io.drawdown.bench.measure.ChildProcess.Died;

/** One way of doing the work, running. */
public interface Contender extends AutoCloseable {

    /** The name under which its figure is reported. */
    String name();

    /**
     * How many events have become durable since it began.
     *
     * @throws Died when its process is no more
     */
    long durableEvents();

    /** The resident memory of its process now, in MiB. */
    long residentMegabytes();

    /** Stops it. */
    @Override
    void close();
}
