/** How long an account waits to hear whether it may spend, while its usage is drawn down. */
@NullMarked
package io.drawdown.bench.authorize;

import org.jspecify.annotations.NullMarked;
