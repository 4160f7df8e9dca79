/** The trace of a request reaches whoever works on it. */
@NullMarked
package io.drawdown.support.trace;

import org.jspecify.annotations.NullMarked;
