package io.drawdown.local.supervisor;

import java.util.Collection;

/** Where the supervisor tells what it does, for the person who waits. */
public interface Progress {

    /** One fact, in one or more lines. */
    void say(String text);

    /** What is still being waited for; told again and again while the wait lasts, empty when it is over. */
    void waitingFor(Collection<String> names);
}
