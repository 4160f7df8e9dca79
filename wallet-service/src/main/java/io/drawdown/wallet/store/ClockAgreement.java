package io.drawdown.wallet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Whether this process and the database agree on the time. Events bear the time of the process that records them, and what
 * is long past is answered as final: both hold as long as no two instances differ by more than a minute
 * (docs/decisions/0121-the-past-is-closed-after-two-minutes.md).
 */
public final class ClockAgreement {

    /** Of two instances one may be as far ahead of the database as the other is behind. */
    public static final Duration MOST = Duration.ofSeconds(30);

    private static final Duration ASKED_EVERY = Duration.ofSeconds(10);

    private final Clock clock;
    private final DataSource database;
    private volatile @Nullable Reading last;

    /** @param clock of this machine, not one that a test has moved */
    ClockAgreement(Clock clock, DataSource database) {
        this.clock = clock;
        this.database = database;
    }

    /**
     * How far this process's clock is ahead of the database's, to the half of a round trip; negative where it is behind. Asks
     * the database every ten seconds at the most, unless they seem to disagree.
     *
     * @throws DataAccessResourceFailureException if the database cannot be asked
     */
    public Duration ahead() {
        var known = knownToAgree();
        if (known != null) {
            return known.ahead(clock);
        }
        var connection = DataSourceUtils.getConnection(database);
        try {
            return read(connection).ahead(clock);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** Whether they agree. */
    public boolean holds() {
        return isSmall(ahead());
    }

    /**
     * Before an instant is taken that events are to bear.
     *
     * @throws TransientDataAccessResourceException if the clocks disagree
     */
    public void require() {
        require(ahead());
    }

    /**
     * As {@link #require()}, before something is recorded on {@code connection}. Asks the database each time: when a virtual machine
     * was suspended, its stopwatch has stood still with its clock.
     */
    void require(Connection connection) {
        require(read(connection).ahead(clock));
    }

    /** Always in the same words, by which repeats are recognized: by how much they disagree is said by metric and health. */
    private static void require(Duration ahead) {
        if (!isSmall(ahead)) {
            throw new TransientDataAccessResourceException("This process's clock is "
                    + (ahead.isNegative() ? "behind" : "ahead of") + " the database's by more than " + MOST
                    + ", and nothing is recorded until they agree: let NTP set both, it goes on by itself");
        }
    }

    /** How far it was ahead when last asked, by the stopwatch since then; null before the first time. */
    @Nullable
    Duration lastAhead() {
        var reading = last;
        return reading == null ? null : reading.ahead(clock);
    }

    private @Nullable Reading knownToAgree() {
        var reading = last;
        return reading != null && reading.isFresh() && isSmall(reading.ahead(clock)) ? reading : null;
    }

    private Reading read(Connection connection) {
        var reading = Reading.of(connection);
        last = reading;
        return reading;
    }

    static boolean isSmall(Duration ahead) {
        return ahead.abs().compareTo(MOST) <= 0;
    }

    /** What the database said, and where the stopwatch stood: it tells of a clock that is set between two readings. */
    private record Reading(Instant databaseAt, long nanos) {

        static Reading of(Connection connection) {
            long before = System.nanoTime();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                var at = row.getObject(1, OffsetDateTime.class).toInstant();
                return new Reading(at, before + (System.nanoTime() - before) / 2);
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("The database did not say what time it is", e);
            }
        }

        boolean isFresh() {
            return System.nanoTime() - nanos < ASKED_EVERY.toNanos();
        }

        Duration ahead(Clock clock) {
            return Duration.between(databaseAt.plusNanos(System.nanoTime() - nanos), clock.instant());
        }
    }
}
