/**
 * Subscriptions: what is billed again and again, and what becomes of them when it is paid or not.
 *
 * <ul>
 *   <li>{@code incomplete → active | incomplete_expired}; {@code trialing → active | paused | canceled};
 *       {@code active ↔ past_due → canceled | unpaid}; {@code canceled} and {@code incomplete_expired} are for ever.
 *   <li>What happens by itself is an {@link io.drawdown.sandbox.subscription.Appointment}; the earliest one is when the
 *       subscription is due.
 *   <li>A subscription learns from its invoices' events whether it has been paid:
 *       {@link io.drawdown.sandbox.subscription.Standing}.
 *   <li>A schedule changes its subscription phase by phase, by the calls that a client would make:
 *       {@link io.drawdown.sandbox.subscription.ScheduleRun}.
 *   <li>Licensed prices are billed in advance, metered ones for the period that has passed; a change in between is prorated
 *       to the second.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.subscription;

import org.jspecify.annotations.NullMarked;
