/**
 * Operating system processes: how one is described, started, recognised again, measured and stopped.
 *
 * <p>Nothing here knows what Drawdown is made of. Invariants:
 *
 * <ul>
 *   <li>A process is recognised by its id together with the moment it started, since ids are used again.
 *   <li>A process is asked to stop before it is forced to, and the wait in between has a limit.
 *   <li>A child runs in a session of its own: Ctrl-C in the terminal reaches the supervisor, which then stops the
 *       children in order.
 * </ul>
 */
@NullMarked
package io.drawdown.local.process;

import org.jspecify.annotations.NullMarked;
