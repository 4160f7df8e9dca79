package io.drawdown.wire.deadletter;

import io.drawdown.wire.registry.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells what passes by waiting from what is a record's own fault. */
final class Transience {

    private static final List<Class<? extends Throwable>> PASSING = List.of(
            RegistryUnavailableException.class,
            RetriableException.class,
            TransientDataAccessException.class,
            DataAccessResourceFailureException.class,
            CannotCreateTransactionException.class,
            SQLTransientException.class,
            SQLNonTransientConnectionException.class,
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class);

    private Transience() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            var cause = at;
            if (PASSING.stream().anyMatch(type -> type.isInstance(cause))) {
                return true;
            }
        }
        return false;
    }
}
