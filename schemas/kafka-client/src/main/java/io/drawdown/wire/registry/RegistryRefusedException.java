package io.drawdown.wire.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The schema registry has answered, and the answer is no: the same request will be refused again. */
public final class RegistryRefusedException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RegistryRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status: 401 and 403 not allowed, 404 unknown, 409 incompatible, 422 not a valid schema. */
    public int status() {
        return status;
    }
}
