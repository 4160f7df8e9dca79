package io.drawdown.usage.domain;

import org.jspecify.annotations.Nullable;

/** What is known of accounts and meters at this moment. Safe for use by many threads. */
public interface Directory {

    /** @param subject an account's id or one of its external keys; an id wins over another account's external key */
    @Nullable
    KnownAccount account(String subject);

    /** @return how the meter of that id reads events, active or not; null when there is none */
    KnownMeter.@Nullable Counting counting(String meterId);

    /** @return the active meter of that event name; else one that was switched off; else null */
    @Nullable
    KnownMeter meter(String eventName);
}
