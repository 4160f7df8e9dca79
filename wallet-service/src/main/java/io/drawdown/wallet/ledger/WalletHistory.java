package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.StoredEvent;
import io.drawdown.wallet.store.WalletEventSerializer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A wallet's events, page by page, straight from the event store. */
@Component
public final class WalletHistory {

    private static final String SELECT = "select payload_type, payload_revision, payload from wallet_event"
            + " where aggregate_identifier = ? and sequence_number > ?";

    private static final int ROWS_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final WalletEventSerializer serializer;

    WalletHistory(JdbcClient jdbc, WalletEventSerializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /** The next events after a sequence, in order; from the first with -1. */
    public List<WalletEvent> after(WalletId id, long sequence, int limit) {
        return jdbc.sql(SELECT + " order by sequence_number limit ?")
                .params(id.value(), sequence, limit)
                .query((row, _) -> event(row))
                .list();
    }

    /**
     * The events of several wallets, each wallet's in order and without a break.
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

    /** The event of a sequence. */
    public Optional<WalletEvent> at(WalletId id, long sequence) {
        return after(id, sequence - 1, 1).stream()
                .filter(event -> event.header().sequence() == sequence)
                .findAny();
    }

    /** The next grants after a sequence, in order; from the first with -1. */
    public List<CreditGranted> grantsAfter(WalletId id, long sequence, int limit) {
        return jdbc.sql(SELECT + " and payload_type = 'io.drawdown.events.wallet.CreditGranted'"
                        + " order by sequence_number limit ?")
                .params(id.value(), sequence, limit)
                .query((row, _) -> (CreditGranted) event(row))
                .list();
    }

    /** The event that made a grant; reads all grants of the wallet up to it. */
    public Optional<CreditGranted> grant(WalletId id, GrantId grantId) {
        return jdbc
                .sql(SELECT + " and payload_type = 'io.drawdown.events.wallet.CreditGranted' order by sequence_number")
                .params(id.value(), -1)
                .query((row, _) -> (CreditGranted) event(row))
                .list()
                .stream()
                .filter(granted -> granted.grantId().equals(grantId))
                .findAny();
    }

    private WalletEvent event(ResultSet row) throws SQLException {
        return serializer.event(new StoredEvent(row.getString(1), row.getString(2), row.getBytes(3)));
    }
}
