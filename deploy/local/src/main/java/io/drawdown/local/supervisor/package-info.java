/**
 * Keeps a list of processes running: started in order, watched, restarted, stopped in reverse order.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What each process is doing stands in its run file, rewritten at every change, so that any other command, and a
 *       later supervisor after a crash, can see and clean up what this one started.
 *   <li>A process that dies before it was ever ready fails the start as a whole; after that it is restarted, each time
 *       after a longer wait.
 *   <li>When the supervisor ends in good order, no process that it started is left.
 *   <li>At most one supervisor runs on one folder.
 * </ul>
 */
@NullMarked
package io.drawdown.local.supervisor;

import org.jspecify.annotations.NullMarked;
