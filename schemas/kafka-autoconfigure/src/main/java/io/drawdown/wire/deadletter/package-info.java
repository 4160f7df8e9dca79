/**
 * What happens to a record that cannot be handled.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A record is put aside on {@code <topic>.<group>.dlt} only when it is itself at fault. While a database, a broker or
 *       the registry is down, a listener waits.
 *   <li>A record that is put aside is there before its offset is committed: none is lost, one may be there twice.
 *   <li>What could not be decoded is kept byte for byte, and the records behind it are handled.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.deadletter;

import org.jspecify.annotations.NullMarked;
