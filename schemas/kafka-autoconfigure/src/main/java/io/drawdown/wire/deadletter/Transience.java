package io.drawdown.wire.deadletter;

import io.drawdown.wire.registry.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells what passes by waiting from what is a record's own fault. */
public final class Transience {

    private static final List<Class<? extends Throwable>> PASSING = List.of(
            RegistryUnavailableException.class,
            RetriableException.class,
            TransientDataAccessException.class,
            DataAccessResourceFailureException.class,
            CannotCreateTransactionException.class,
            SQLTransientException.class,
            SQLRecoverableException.class,
            SQLNonTransientConnectionException.class,
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class);

    private static final int LONGEST_CHAIN = 100;

    private Transience() {}

    static boolean isCauseOf(Throwable failure) {
        return isCauseOf(failure, _ -> false);
    }

    /** @param further what else passes, asked about each link of the chain */
    public static boolean isCauseOf(Throwable failure, PassingFailure further) {
        return chain(failure).anyMatch(cause -> passes(cause) || further.passes(cause));
    }

    /** Whether the pool gave no connection: then nothing was even begun. */
    static boolean isNoConnection(Throwable failure) {
        return chain(failure).anyMatch(SQLTransientConnectionException.class::isInstance);
    }

    /** The failure and what is behind it. */
    static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN); // Can be a ring.
    }

    private static boolean passes(Throwable cause) {
        return PASSING.stream().anyMatch(type -> type.isInstance(cause))
                || (cause instanceof SQLException refusal && SqlStates.isPassing(refusal));
    }
}
