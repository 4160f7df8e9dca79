/**
 * HTTP in and out: a small server of our own, keys, headers and error envelopes. Whatever comes in is answered with
 * Stripe's envelope, never with a stack trace, and nothing is read without a limit.
 */
@NullMarked
package io.drawdown.sandbox.http;

import org.jspecify.annotations.NullMarked;
