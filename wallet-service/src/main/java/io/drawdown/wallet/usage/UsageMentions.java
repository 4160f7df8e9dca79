package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.StoredEvent;
import io.drawdown.wallet.store.StoredText;
import io.drawdown.wallet.store.WalletEventSerializer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds events by the source and id of a usage event, which the stored form holds as they are: the database looks through the
 * bytes. So no index by usage costs the hot path.
 */
@Component
class UsageMentions {

    /** One may have some hundred kilobytes. */
    private static final int EVENTS_AT_ONCE = 20;

    private static final String ALL =
            "'io.drawdown.events.wallet.UsageDrawnDown', 'io.drawdown.events.wallet.UsageAdjusted',"
                    + " 'io.drawdown.events.wallet.UsageLeftToArrears', 'io.drawdown.events.wallet.ArrearsAdjusted'";

    private final JdbcClient jdbc;
    private final WalletEventSerializer serializer;

    UsageMentions(JdbcClient jdbc, WalletEventSerializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /**
     * The events of a wallet that are about a usage event, from a sequence on, in order. Belongs into a transaction: else the
     * database sends all at once that has the bytes, whether or not it is about the usage.
     */
    List<WalletEvent> from(WalletId id, long begin, UsageName usage) {
        return about(WalletEvent.class, ALL, id, begin, usage);
    }

    /** As {@link #from}, the adjustments of usage that was drawn down: no other events are read. */
    List<UsageAdjusted> adjustments(WalletId id, long begin, UsageName usage) {
        return about(UsageAdjusted.class, "'io.drawdown.events.wallet.UsageAdjusted'", id, begin, usage);
    }

    /** As {@link #from}, the adjustments of usage that was left to Stripe: no other events are read. */
    List<ArrearsAdjusted> arrearsAdjustments(WalletId id, long begin, UsageName usage) {
        return about(ArrearsAdjusted.class, "'io.drawdown.events.wallet.ArrearsAdjusted'", id, begin, usage);
    }

    /** @param types not as parameters: there are indexes of some types alone */
    private <E extends WalletEvent> List<E> about(
            Class<E> kind, String types, WalletId id, long begin, UsageName usage) {
        var found = new ArrayList<E>();
        jdbc.sql("""
                        select payload_type, payload_revision, payload from wallet_event
                        where aggregate_identifier = ? and sequence_number >= ? and payload_type in (%s)
                            and position(? in payload) > 0
                        order by sequence_number""".formatted(types))
                .params(id.value(), begin, StoredText.of(usage.source(), usage.id()))
                .withFetchSize(EVENTS_AT_ONCE)
                .query((RowCallbackHandler) row -> {
                    var event = event(row);
                    if (isAbout(event, usage)) {
                        found.add(kind.cast(event));
                    }
                });
        return found;
    }

    private WalletEvent event(ResultSet row) throws SQLException {
        return serializer.event(new StoredEvent(row.getString(1), row.getString(2), row.getBytes(3)));
    }

    private static boolean isAbout(WalletEvent event, UsageName usage) {
        return switch (event) {
            case UsageDrawnDown drawn -> drawn.lines().stream().anyMatch(line -> usage.is(line.source(), line.id()));
            case UsageLeftToArrears left -> left.lines().stream().anyMatch(line -> usage.is(line.source(), line.id()));
            case UsageAdjusted adjusted ->
                usage.is(adjusted.adjustment().source(), adjusted.adjustment().id());
            case ArrearsAdjusted adjusted ->
                usage.is(adjusted.adjustment().source(), adjusted.adjustment().id());
            default -> false;
        };
    }
}
