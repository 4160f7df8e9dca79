/**
 * The gate: usage in over HTTP and Kafka, validated, each event let through once.
 *
 * <p>{@code intake} takes usage over HTTP, {@code gate} judges what stands in usage.events.v1, {@code rejected} shows what
 * was refused; {@code totals} adds up what was accepted; {@code directory} knows accounts and meters, {@code wire} the records, {@code domain} the rules.
 */
@NullMarked
package io.drawdown.usage;

import org.jspecify.annotations.NullMarked;
