package io.drawdown.wire.registry;

import org.apache.avro.Schema;

/**
 * A schema and the id under which the registry keeps it.
 *
 * @param id what stands in the four bytes before each record
 * @param schema as the registry knows it
 */
public record RegisteredSchema(int id, Schema schema) {}
