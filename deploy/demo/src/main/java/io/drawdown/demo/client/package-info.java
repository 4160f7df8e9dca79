/** The interfaces that the demonstration drives: the services' JSON, Stripe's forms, and Kafka as a product backend. */
@NullMarked
package io.drawdown.demo.client;

import org.jspecify.annotations.NullMarked;
