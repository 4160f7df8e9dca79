/**
 * Chaos: a platform of its own is used and broken at the same time, and what must always hold is checked afterwards from
 * the outside, against what was sent.
 */
@NullMarked
package io.drawdown.chaos;

import org.jspecify.annotations.NullMarked;
