package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is asked of a long history reads none of the draw-downs that it consists of. */
class WalletHistoryIT extends WalletIntegrationTest {

    private static final int DRAW_DOWNS = 5_000;
    private static final String GRANTS = "wallet_event_credit";

    final String account = Outside.unique("acc");
    final WalletId id = WalletId.of(new AccountId(account));

    @Autowired
    private WalletHistory history;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    @BeforeEach
    void open() {
        var wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("1");
        wallet.grant("2");
    }

    @Test
    void theListOfGrantsReadsThemAlone() {
        readsTwoEvents(() -> assertThat(history.grantsAfter(id, -1, 101)).hasSize(2));
    }

    @Test
    void theTermsOfGrantsReadThemAlone() {
        readsTwoEvents(() -> history.terms(id));
    }

    @Test
    void grantsByTheirIdsReadThemAlone() {
        readsTwoEvents(() -> assertThat(history.given(id, List.of())).isEmpty());
    }

    private void readsTwoEvents(Runnable question) {
        transactions.executeWithoutResult(undone -> {
            useMuch();
            long before = read(GRANTS);
            long othersBefore = read("wallet_event_sequence") + read("wallet_event");
            question.run();
            assertThat(read(GRANTS) - before).isEqualTo(2);
            assertThat(read("wallet_event_sequence") + read("wallet_event")).isEqualTo(othersBefore);
            undone.setRollbackOnly();
        });
    }

    /** Draw-downs that nobody can read, and that are never committed. */
    private void useMuch() {
        jdbc.sql("""
                        insert into wallet_event (event_identifier, aggregate_identifier, sequence_number, time_stamp,
                            payload_type, payload_revision, payload)
                        select :id || sequence, :id, sequence, '2026-11-20T10:00:00Z',
                            'io.drawdown.events.wallet.UsageDrawnDown', '2', '' from generate_series(3, :last) as sequence""").param("id", id.value()).param("last", DRAW_DOWNS).update();
        jdbc.sql("analyze wallet_event").update();
    }

    /** How many entries of an index, or rows of a table from its start, this session has read of late. */
    private long read(String relation) {
        return jdbc.sql("select pg_stat_get_xact_tuples_returned(?::regclass)")
                .param(relation)
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
