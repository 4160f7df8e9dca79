package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.StoredEvent;
import io.drawdown.wallet.store.WalletEventSerializer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds events by the id of a usage event, which the stored form holds as it is: the database looks through the bytes. So no
 * index by usage costs the hot path.
 */
@Component
class UsageMentions {

    private final JdbcClient jdbc;
    private final WalletEventSerializer serializer;

    UsageMentions(JdbcClient jdbc, WalletEventSerializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /**
     * The events with usage of a wallet in which a text stands, from a sequence on, in order. That need not be the id of the
     * usage.
     */
    List<WalletEvent> from(WalletId id, long begin, String text) {
        return jdbc.sql("""
                        select payload_type, payload_revision, payload from wallet_event
                        where aggregate_identifier = ? and sequence_number >= ? and payload_type in (
                            'io.drawdown.events.wallet.UsageDrawnDown', 'io.drawdown.events.wallet.UsageAdjusted',
                            'io.drawdown.events.wallet.UsageLeftToArrears', 'io.drawdown.events.wallet.ArrearsAdjusted')
                            and position(convert_to(?, 'UTF8') in payload) > 0
                        order by sequence_number""")
                .params(id.value(), begin, text)
                .query((row, _) ->
                        serializer.event(new StoredEvent(row.getString(1), row.getString(2), row.getBytes(3))))
                .list();
    }
}
