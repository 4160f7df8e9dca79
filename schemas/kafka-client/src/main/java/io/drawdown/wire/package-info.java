/**
 * What every record of Drawdown carries beside its value: CloudEvents attributes as headers, and W3C trace context.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Header values are UTF-8 text.
 *   <li>An id that is set stays: what is sent again is the same event.
 * </ul>
 */
@NullMarked
package io.drawdown.wire;

import org.jspecify.annotations.NullMarked;
