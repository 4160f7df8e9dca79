/**
 * Webhook endpoints of v1, event destinations of v2 and the delivery of events to both.
 *
 * <ul>
 *   <li>A delivery is arranged in the transaction of its event, so none is lost when the process dies.
 *   <li>Deliveries about one customer, or else one object, go to an endpoint one after another in the order of their
 *       events; others go side by side. A failed one is tried again later and holds nobody up.
 *   <li>Snapshots of v1 events and notifications of thin ones go out alike; every attempt is on record.
 *   <li>Each try is signed anew with real time, whatever time the sandbox's objects live in.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
