package io.drawdown.wire.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * No schema registry gave an answer, or every one answered that it cannot answer now (5xx, 429), or a 404 came that is
 * not a registry's own.
 *
 * <p>The record at hand may be perfectly good: the same attempt succeeds once the registry is back.
 */
public final class RegistryUnavailableException extends SerializationException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether this is, or was caused by, an unavailable registry. */
    public static boolean isCauseOf(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RegistryUnavailableException) {
                return true;
            }
        }
        return false;
    }
}
