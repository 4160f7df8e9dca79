/**
 * How a topic becomes tables: batches, positions, and starting over.
 *
 * <p>The position in PostgreSQL decides where reading goes on, not the offset that Kafka keeps for the group: it is written
 * with what it brought, and a database restored from yesterday goes on where it stood yesterday.
 */
@NullMarked
package io.drawdown.reporting.projection;

import org.jspecify.annotations.NullMarked;
