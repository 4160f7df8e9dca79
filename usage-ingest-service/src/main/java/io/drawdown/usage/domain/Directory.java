package io.drawdown.usage.domain;

import org.jspecify.annotations.Nullable;

/** What is known of accounts and meters at this moment. Safe for use by many threads. */
public interface Directory {

    /** @param subject an account's id or one of its external keys; an id wins over another account's external key */
    @Nullable
    KnownAccount account(String subject);

    /** @return the active meter of that event name; else one that was switched off; else null */
    @Nullable
    KnownMeter meter(String eventName);
}
