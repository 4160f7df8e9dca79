package io.drawdown.wallet.snapshot;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code wallet_snapshot}. */
public final class SnapshotTable {

    private static final Logger log = LoggerFactory.getLogger(SnapshotTable.class);
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
    private static final int LOOKED_AT_SPACINGS = 10;
    static final long BYTES_AT_ONCE = 4_000_000;

    private final JdbcClient jdbc;

    public SnapshotTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest state of a wallet that can be used; absent if there is none. */
    public Optional<WalletState> latest(WalletId id) {
        return latest(id, END_OF_TIME);
    }

    /** The latest state of a wallet that can be used and has no event later than {@code instant}. */
    public Optional<WalletState> latest(WalletId id, Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return Optional.empty(); // Nothing is as old as that, and the database's calendar begins later than Java's.
        }
        return usable(id, before(id, Long.MAX_VALUE, instant), instant);
    }

    /** What the row holds, or what an older one does. */
    private Optional<WalletState> usable(WalletId id, Optional<Row> newest, Instant instant) {
        var row = newest;
        while (row.isPresent()) {
            var state = row.get().state();
            if (state != null) {
                return Optional.of(state);
            }
            row = before(id, row.get().version, instant);
        }
        return Optional.empty();
    }

    /** The latest states of several wallets; those that have none which can be used are left out. */
    public List<WalletState> latest(Collection<WalletId> ids) {
        return jdbc
                .sql("""
                        select wallet_id, version, checksum, state
                        from unnest(?) as wanted (id) cross join lateral (
                            select * from wallet_snapshot where wallet_id = id and shape = ?
                            order by version desc limit 1) as newest""")
                .param(ids.stream().map(WalletId::value).toArray(String[]::new))
                .param(StateForm.shape())
                .query(SnapshotTable::row)
                .list()
                .stream()
                .flatMap(row -> usable(new WalletId(row.walletId), Optional.of(row), END_OF_TIME).stream())
                .toList();
    }

    private Optional<Row> before(WalletId id, long version, Instant instant) {
        return jdbc.sql("""
                        select wallet_id, version, checksum, state from wallet_snapshot
                        where wallet_id = ? and version < ? and recorded_at <= ? and shape = ?
                        order by version desc limit 1""")
                .params(id.value(), version, Timestamp.from(instant), StateForm.shape())
                .query(SnapshotTable::row)
                .optional();
    }

    /** The next one of a wallet that has more than so many events, of this version's shape and as it is stored. */
    public Optional<Stored> after(WalletId id, long version) {
        return jdbc.sql("select version, state from wallet_snapshot where wallet_id = ? and version > ? and shape = ?"
                        + " order by version limit 1")
                .params(id.value(), version, StateForm.shape())
                .query((row, _) -> new Stored(row.getLong(1), row.getBytes(2)))
                .optional();
    }

    /** How many events are in the newest one of a wallet that is of this version's shape; 0 when there is none. */
    public long newestVersion(WalletId id) {
        return jdbc.sql(
                        "select version from wallet_snapshot where wallet_id = ? and shape = ? order by version desc limit 1")
                .params(id.value(), StateForm.shape())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * A snapshot, unread.
     *
     * @param version number of events that are in it
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a whole.
    public record Stored(long version, byte[] state) {}

    /** In as many statements as their bytes take: one with thousands of grants has hundreds of kilobytes. */
    void save(Collection<WalletState> states) {
        var lot = new ArrayList<Written>();
        long bytes = 0;
        for (var state : states) {
            var written = new Written(state, StateForm.write(state));
            lot.add(written);
            bytes += written.bytes.length;
            if (bytes >= BYTES_AT_ONCE) {
                insert(lot);
                lot.clear();
                bytes = 0;
            }
        }
        insert(lot);
    }

    private void insert(List<Written> lot) {
        if (lot.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into wallet_snapshot (wallet_id, version, length, recorded_at, shape, checksum, state)
                        select wallet_id, version, length, recorded_at, ?, checksum, state
                        from unnest(?, ?, ?, ?, ?, ?) as t (wallet_id, version, length, recorded_at, checksum, state)
                        on conflict (wallet_id, version) do update
                        set length = excluded.length, shape = excluded.shape, checksum = excluded.checksum,
                            state = excluded.state""")
                .param(StateForm.shape())
                .param(array(lot, written -> written.state.id().value(), String[]::new))
                .param(array(lot, written -> written.state.version(), Long[]::new))
                .param(array(lot, written -> written.state.length(), Long[]::new))
                .param(array(lot, written -> Timestamp.from(written.state.recordedAt()), Timestamp[]::new))
                .param(array(lot, written -> checksum(written.bytes), Long[]::new))
                .param(array(lot, Written::bytes, byte[][]::new))
                .update();
    }

    private static <T> T[] array(List<Written> lot, Function<Written, T> value, IntFunction<T[]> array) {
        return lot.stream().map(value).toArray(array);
    }

    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    private record Written(WalletState state, byte[] bytes) {}

    /**
     * Leaves of each wallet the snapshots of its last {@code spacing} events of little usage, and of what is older the first of every
     * {@code spacing}: so the table stays small, and no instant is further from a snapshot than that. Looks only at so many events as
     * may have become older since it was last done, or a wallet would cost the more the longer it is. What has another shape goes.
     */
    void thinOut(Collection<WalletId> ids, long spacing) {
        var wanted = ids.stream().map(WalletId::value).toArray(String[]::new);
        jdbc.sql("delete from wallet_snapshot where wallet_id = any (:ids) and (shape < :shape or shape > :shape)")
                .param("ids", wanted)
                .param("shape", StateForm.shape())
                .update();
        jdbc.sql("""
                        delete from wallet_snapshot old
                        using unnest(:ids) as wanted (id) cross join lateral (
                            select version, length from wallet_snapshot where wallet_id = id and shape = :shape
                            order by version desc limit 1) as newest
                        where old.wallet_id = id and old.version > newest.version - :looked_at
                            and old.length <= newest.length - :spacing and exists (
                                select 1 from wallet_snapshot earlier
                                where earlier.wallet_id = old.wallet_id and earlier.version < old.version
                                and earlier.version > old.version - :spacing
                                and earlier.shape = :shape and earlier.length / :spacing = old.length / :spacing)""")
                .param("ids", wanted)
                .param("shape", StateForm.shape())
                .param("looked_at", spacing * LOOKED_AT_SPACINGS)
                .param("spacing", spacing)
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getString(1), row.getLong(2), row.getLong(3), row.getBytes(4));
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return checksum.getValue();
    }

    /** A snapshot as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    private record Row(String walletId, long version, long checksum, byte[] bytes) {

        /** Null when it is damaged. */
        private @Nullable WalletState state() {
            try {
                var state = SnapshotTable.checksum(bytes) == checksum ? StateForm.read(bytes) : null;
                if (state != null
                        && state.version() == version
                        && state.id().value().equals(walletId)) {
                    return state;
                }
                log.warn("The snapshot of {} after {} events is damaged and is passed over", walletId, version);
            } catch (IOException e) {
                log.warn("The snapshot of {} after {} events is damaged and is passed over", walletId, version, e);
            }
            return null;
        }
    }
}
