package io.drawdown.billing.webhook;

/** How an event came to be known. */
enum Source {
    WEBHOOK,
    SWEEP
}
