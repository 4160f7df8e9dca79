/**
 * What all resources have in common: how a request becomes a call, runs once under its idempotency key, changes objects,
 * leaves events behind and is answered with objects rendered, expanded and paged.
 *
 * <ul>
 *   <li>A resource is declared by a {@link io.drawdown.sandbox.engine.ResourceType}; what it does beyond creating,
 *       reading, changing and listing is a {@link io.drawdown.sandbox.engine.Handler}.
 *   <li>Stored objects may have names beginning with an underscore: they are the sandbox's own and are never served.
 *   <li>Time is {@code tx.now()}: that of the test clock of the objects that the call names, else the sandbox's own. What
 *       belongs to a customer stays on his clock.
 *   <li>What happens later by itself is an object with a due time and a step for its type:
 *       {@link io.drawdown.sandbox.engine.Agenda} says how. A step sees {@code tx.now()} at the instant it was due.
 *   <li>What a resource does because of another's event is a {@link io.drawdown.sandbox.engine.Reactions reaction}.
 *   <li>An event is recorded in the transaction of its cause, with the object as it was then.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.engine;

import org.jspecify.annotations.NullMarked;
