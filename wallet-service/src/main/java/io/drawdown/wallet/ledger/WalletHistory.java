package io.drawdown.wallet.ledger;

import static java.util.stream.Collectors.toMap;

import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.GrantTerms;
import io.drawdown.wallet.domain.Hold;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.StoredEvent;
import io.drawdown.wallet.store.WalletEventSerializer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A wallet's events, page by page, straight from the event store. */
@Component
public final class WalletHistory {

    private static final String SELECT = "select payload_type, payload_revision, payload from wallet_event"
            + " where aggregate_identifier = ? and sequence_number > ?";

    private static final String DRAWN =
            "'io.drawdown.events.wallet.UsageDrawnDown', 'io.drawdown.events.wallet.UsageAdjusted'";
    private static final String LEFT = "'io.drawdown.events.wallet.UsageLeftToArrears'";

    private static final String NEXT = """
            select * from (
                select payload_type, payload_revision, payload, sequence_number,
                    lead(true, 1, false) over (order by sequence_number) as more,
                    sum(octet_length(payload)) over (order by sequence_number rows unbounded preceding)
                        - octet_length(payload) as bytes_before
                from (
                    select payload_type, payload_revision, payload, sequence_number from wallet_event
                    where aggregate_identifier = ? and sequence_number > ? order by sequence_number limit ?) as ahead
                ) as measured
            where bytes_before < ? order by sequence_number limit ?""";

    /** One event may have some hundred kilobytes, and takes several times as much when it is decoded. */
    private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

    private static final int ROWS_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final WalletEventSerializer serializer;

    WalletHistory(JdbcClient jdbc, WalletEventSerializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /** As {@link #next}. There may be more although there are fewer than {@code limit}; there are none only if none is left. */
    public List<WalletEvent> after(WalletId id, long sequence, int limit) {
        return next(id, sequence, limit).events();
    }

    /**
     * The next events after a sequence, in order; from the first with -1. None stands behind the one with which they come to four
     * megabytes as they are stored.
     *
     * @param limit at most so many
     */
    public Portion next(WalletId id, long sequence, int limit) {
        var rows = jdbc.sql(NEXT)
                .params(id.value(), sequence, limit + 1, BYTES_AT_ONCE, limit)
                .query((row, _) -> new Row(event(row), row.getBoolean("more")))
                .list();
        return new Portion(
                rows.stream().map(Row::event).toList(),
                !rows.isEmpty() && rows.getLast().more());
    }

    /** @param more whether another one follows */
    private record Row(WalletEvent event, boolean more) {}

    /**
     * The events of several wallets, each wallet's in order and without a break. Belongs into a transaction: else the database
     * sends all of them at once.
     *
     * @param versions how many events of each wallet to leave out
     */
    void after(Map<WalletId, Long> versions, Consumer<WalletEvent> visitor) {
        jdbc.sql("""
                        select payload_type, payload_revision, payload from unnest(?, ?) as known (wallet_id, version)
                        join wallet_event on aggregate_identifier = wallet_id and sequence_number >= version
                        order by aggregate_identifier, sequence_number""")
                .param(versions.keySet().stream().map(WalletId::value).toArray(String[]::new))
                .param(versions.values().toArray(Long[]::new))
                .withFetchSize(ROWS_AT_ONCE)
                .query((RowCallbackHandler) row -> visitor.accept(event(row)));
    }

    /** Those of these wallets that have been opened. */
    public Set<WalletId> opened(Collection<WalletId> ids) {
        return new HashSet<>(jdbc.sql("select aggregate_identifier from wallet_event"
                        + " where aggregate_identifier = any(?) and sequence_number = 0")
                .param(ids.stream().map(WalletId::value).toArray(String[]::new))
                .query((row, _) -> new WalletId(row.getString(1)))
                .list());
    }

    /** The event of a sequence. */
    public Optional<WalletEvent> at(WalletId id, long sequence) {
        return after(id, sequence - 1, 1).stream()
                .filter(event -> event.header().sequence() == sequence)
                .findAny();
    }

    /** The next events that made a grant after a sequence, in order; from the first with -1. */
    public List<WalletEvent> grantsAfter(WalletId id, long sequence, int limit) {
        return jdbc.sql(SELECT + " and payload_type in"
                        + " ('io.drawdown.events.wallet.CreditGranted', 'io.drawdown.events.wallet.GrantRolledOver')"
                        + " order by sequence_number limit ?")
                .params(id.value(), sequence, limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** The grants of these ids as they were given, by id; reads all grants of the wallet. */
    public Map<GrantId, Grant> given(WalletId id, Collection<GrantId> grantIds) {
        return granted(id)
                .filter(granted -> grantIds.contains(granted.grantId()))
                .map(granted -> Grant.of(granted, granted.amount()))
                .collect(toMap(Grant::id, grant -> grant));
    }

    /** The event that gave a grant; reads all grants of the wallet. */
    public Optional<CreditGranted> granted(WalletId id, GrantId grantId) {
        return granted(id).filter(granted -> granted.grantId().equals(grantId)).findAny();
    }

    private Stream<CreditGranted> granted(WalletId id) {
        return jdbc
                .sql(SELECT + " and payload_type = 'io.drawdown.events.wallet.CreditGranted' order by sequence_number")
                .params(id.value(), -1)
                .query((row, _) -> (CreditGranted) event(row))
                .list()
                .stream();
    }

    /** The event that placed a hold. */
    public Optional<HoldPlaced> placed(WalletId id, Hold hold) {
        var events = after(id, lastBefore(id, hold.placedAt()), ROWS_AT_ONCE);
        while (!events.isEmpty()) {
            var placed = events.stream().filter(event -> isPlacing(event, hold)).findAny();
            if (placed.isPresent()) {
                return placed.map(HoldPlaced.class::cast);
            }
            events = after(id, events.getLast().header().sequence(), ROWS_AT_ONCE);
        }
        return Optional.empty();
    }

    private static boolean isPlacing(WalletEvent event, Hold hold) {
        return event instanceof HoldPlaced placed && placed.holdId().equals(hold.id());
    }

    /** The terms of every grant. */
    public GrantTerms terms(WalletId id) {
        var terms = new GrantTerms();
        jdbc.sql(SELECT + " and payload_type in"
                        + " ('io.drawdown.events.wallet.CreditGranted', 'io.drawdown.events.wallet.GrantRolledOver',"
                        + " 'io.drawdown.events.wallet.CreditGivenBack', 'io.drawdown.events.wallet.GrantVoided')"
                        + " order by sequence_number")
                .params(id.value(), -1)
                .query((row, _) -> event(row))
                .list()
                .forEach(terms::follow);
        return terms;
    }

    /** The first event with usage in a range of sequences; null when there is none. The end is exclusive. */
    public @Nullable WalletEvent usage(WalletId id, long begin, long end) {
        return first(id, begin, end, DRAWN + ", " + LEFT);
    }

    /** As above, of usage that was drawn down. */
    public @Nullable WalletEvent drawn(WalletId id, long begin, long end) {
        return first(id, begin, end, DRAWN);
    }

    /** As above, of usage that was left to Stripe. */
    public @Nullable UsageLeftToArrears left(WalletId id, long begin, long end) {
        return (UsageLeftToArrears) first(id, begin, end, LEFT);
    }

    private @Nullable WalletEvent first(WalletId id, long begin, long end, String types) {
        return jdbc.sql(SELECT + " and sequence_number < ? and payload_type in (" + types
                        + ") order by sequence_number limit 1")
                .params(id.value(), begin - 1, end)
                .query((row, _) -> event(row))
                .optional()
                .orElse(null);
    }

    /**
     * The adjustments of usage after a sequence that are wanted, in order. There may be very many others: each value of a gauge that falls
     * is one. Belongs into a transaction: else the database sends all of them at once.
     */
    public List<UsageAdjusted> adjustmentsAfter(WalletId id, long sequence, Predicate<UsageAdjusted> wanted) {
        var found = new ArrayList<UsageAdjusted>();
        jdbc.sql(SELECT + " and payload_type = 'io.drawdown.events.wallet.UsageAdjusted' order by sequence_number")
                .params(id.value(), sequence)
                .withFetchSize(ROWS_AT_ONCE)
                .query((RowCallbackHandler) row -> {
                    var adjusted = (UsageAdjusted) event(row);
                    if (wanted.test(adjusted)) {
                        found.add(adjusted);
                    }
                });
        return found;
    }

    /** The sequence of the last event before an instant; -1 when there is none. */
    public long lastBefore(WalletId id, Instant instant) {
        long low = 0;
        long high = jdbc.sql("select max(sequence_number) + 1 from wallet_event where aggregate_identifier = ?")
                .param(id.value())
                .query(Long.class)
                .single();
        while (low < high) {
            long middle = (low + high) >>> 1;
            var event = after(id, middle - 1, 1).getFirst();
            if (event.header().recordedAt().isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private WalletEvent event(ResultSet row) throws SQLException {
        return serializer.event(new StoredEvent(row.getString(1), row.getString(2), row.getBytes(3)));
    }
}
