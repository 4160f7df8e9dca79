package io.drawdown.local.process;

import java.io.IOException;

/**
 * Work around the start of a process, such as initialising its data directory or creating its topics.
 *
 * <p>A step runs at every start and restart, so running it again must change nothing.
 */
@FunctionalInterface
public interface Step {

    Step NONE = () -> {};

    /**
     * Does the work, or finds it done.
     *
     * @throws PlatformException when the person at the terminal can put it right
     * @throws IOException when a file or a connection fails
     */
    void run() throws IOException, InterruptedException;
}
