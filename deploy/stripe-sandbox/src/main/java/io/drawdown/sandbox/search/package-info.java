/** Search: Stripe's query language over what the store holds, seen with the delay of an index. */
@NullMarked
package io.drawdown.sandbox.search;

import org.jspecify.annotations.NullMarked;
