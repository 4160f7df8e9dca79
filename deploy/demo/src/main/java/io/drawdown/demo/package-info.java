/**
 * The demonstration: drives a running Drawdown through its public interfaces, from a lead to a topped-up wallet, and
 * checks each step at the far end.
 *
 * <p>It knows no class of a service: only HTTP, Kafka with the published schemas, and Stripe's API. So what passes here
 * works for a customer's own program too.
 */
@NullMarked
package io.drawdown.demo;

import org.jspecify.annotations.NullMarked;
