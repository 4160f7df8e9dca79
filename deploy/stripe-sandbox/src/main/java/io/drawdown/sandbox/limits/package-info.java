/** Rate limits: off unless asked for, so that a test is as fast as it can be; with Stripe's figures when it is to be as slow. */
@NullMarked
package io.drawdown.sandbox.limits;

import org.jspecify.annotations.NullMarked;
