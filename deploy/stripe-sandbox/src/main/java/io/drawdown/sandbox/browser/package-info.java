/**
 * Pages that people are sent to by Stripe: customers to authenticate, merchants to connect their account. Plain HTML, as
 * few lines as do the job; whoever clicks is believed.
 */
@NullMarked
package io.drawdown.sandbox.browser;

import org.jspecify.annotations.NullMarked;
