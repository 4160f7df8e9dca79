/**
 * A small page in the browser: what Stripe's dashboard is used for, on a port of its own. It shows and does everything by
 * calls of the API and of the sandbox's control, and names the call on each button.
 */
@NullMarked
package io.drawdown.sandbox.page;

import org.jspecify.annotations.NullMarked;
