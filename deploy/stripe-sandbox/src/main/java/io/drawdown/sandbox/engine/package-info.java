/**
 * What all resources have in common: how a request becomes a call, runs once under its idempotency key, changes objects,
 * leaves events behind and is answered with objects rendered, expanded and paged.
 *
 * <ul>
 *   <li>A resource is declared by a {@link io.drawdown.sandbox.engine.ResourceType}; what it does beyond creating,
 *       reading, changing and listing is a {@link io.drawdown.sandbox.engine.Handler}.
 *   <li>Stored objects may have names beginning with an underscore: they are the sandbox's own and are never served.
 *   <li>An event is recorded in the transaction of its cause, with the object as it was then.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.engine;

import org.jspecify.annotations.NullMarked;
