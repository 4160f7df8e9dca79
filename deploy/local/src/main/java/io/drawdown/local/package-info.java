/**
 * The command {@code drawdown}: the whole product on one machine with nothing but a JDK.
 *
 * <p>Only the command line lives here: what is typed, what is printed, which exit code follows. What the platform
 * consists of is in {@code platform}, how processes are kept alive in {@code supervisor}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A refusal names its cause and its remedy, leaves nothing running and ends with a non-zero exit code.
 *   <li>With {@code --json} the standard output holds one JSON document and nothing else.
 *   <li>A process is only ever stopped if its id <em>and</em> its start agree with what was written when it started.
 * </ul>
 */
@NullMarked
package io.drawdown.local;

import org.jspecify.annotations.NullMarked;
