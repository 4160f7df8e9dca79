/**
 * That listeners keep listening.
 *
 * <p>A listener's container takes care of exceptions and ends at an {@link java.lang.Error}. Here it is started again, and
 * one that does not run shows in the health. What a listener is handed at once is bounded in bytes where it takes many records.
 */
@NullMarked
package io.drawdown.wire.listening;

import org.jspecify.annotations.NullMarked;
