package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Replay;
import io.drawdown.wallet.ledger.Wallets;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A ledger of six megabytes in few entries. */
class LedgerPageIT extends WalletIntegrationTest {

    private static final int DRAW_DOWNS = 10;
    private static final int LINES = 6;
    private static final int CHARACTERS_OF_A_NAME = 100_000;

    /** Seven of the draw-downs, and the opening. */
    private static final int ENTRIES_OF_FOUR_MEGABYTES = 8;

    final String account = Outside.unique("acc");
    final WalletId id = WalletId.of(new AccountId(account));

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    @Autowired
    private Replay replay;

    @Test
    void aPageOfLargeEntriesEndsBeforeItsLimit() {
        open();
        var first = page("-1");
        assertThat(first.path("data")).hasSize(ENTRIES_OF_FOUR_MEGABYTES);
        var second = page(first.path("nextCursor").asString());
        assertThat(second.path("nextCursor").isNull()).isTrue();
        var sequences = new ArrayList<Long>();
        first.path("data").forEach(entry -> sequences.add(entry.path("sequence").asLong()));
        second.path("data")
                .forEach(entry -> sequences.add(entry.path("sequence").asLong()));
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(0, DRAW_DOWNS).boxed().toList());
    }

    /** It comes in more portions than its number of events makes. */
    @Test
    void aHistoryOfLargeEntriesIsReplayedToItsEnd() {
        open();
        assertThat(replay.asOf(id, now().plusMillis(1)))
                .get()
                .extracting(WalletState::version)
                .isEqualTo(DRAW_DOWNS + 1L);
    }

    private void open() {
        new WalletClient(billing, account).open();
        for (int i = 0; i < DRAW_DOWNS; i++) {
            var lines = lines("draw-down " + i);
            var at = now().truncatedTo(ChronoUnit.MILLIS);
            ledger.inTransaction(() -> wallets.execute(new DrawDown(id, lines, at)));
        }
    }

    private List<UsageLine> lines(String id) {
        var source = "/".repeat(CHARACTERS_OF_A_NAME);
        var free = Money.zero(Currency.getInstance("USD"));
        return IntStream.range(0, LINES)
                .mapToObj(i -> new UsageLine(source, id + i, "mtr", "price", BigDecimal.ONE, free, now(), null))
                .toList();
    }

    private JsonNode page(String cursor) {
        return new WalletClient(billing, account).get("/v1/wallets/" + id + "/ledger?limit=1000&cursor=" + cursor);
    }
}
