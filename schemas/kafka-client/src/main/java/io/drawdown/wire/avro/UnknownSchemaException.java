package io.drawdown.wire.avro;

import io.drawdown.wire.registry.RegistryRefusedException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry does not know a record's schema: nobody has registered it there, or somebody has a moment ago and the node that
 * was asked has not heard of it.
 */
public final class UnknownSchemaException extends SerializationException {

    private static final long serialVersionUID = 1L;

    UnknownSchemaException(int id, RegistryRefusedException cause) {
        super(
                "The schema registry knows no schema with id " + id + ": the producer used another registry, or the"
                        + " registry has lost its storage",
                cause);
    }
}
