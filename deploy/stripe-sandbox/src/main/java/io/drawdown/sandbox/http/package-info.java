/**
 * HTTP in and out: the JDK's own server with a virtual thread per request, keys, headers and error envelopes. Whatever
 * comes in is answered with Stripe's envelope, never with a stack trace, and nothing is read without a limit.
 */
@NullMarked
package io.drawdown.sandbox.http;

import org.jspecify.annotations.NullMarked;
