package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Usage whose id, a single character, stands in every event: in other ids, and as a quantity. */
class UsageMentionsIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final WalletId id = WalletId.of(new AccountId(account));

    @Autowired
    private UsageMentions mentions;

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    @BeforeEach
    void use() {
        new WalletClient(billing, account).open();
        draw("/test", "10");
        draw("/test", "1");
        draw("/test", "21");
        draw("/other", "1");
        draw("/test/1", "1");
    }

    @Test
    void findsItsOwnEventAlone() {
        assertThat(found(new UsageName("/test", "1")))
                .extracting(event -> event.header().sequence())
                .containsExactly(2L);
    }

    /** Or a question for it would have the whole history in memory. */
    @Test
    void readsNoOtherEvent() {
        var own = new UsageName("/test", "1");
        transactions.executeWithoutResult(undone -> {
            jdbc.sql("update wallet_event set payload_revision = 'unreadable' where aggregate_identifier = ?"
                            + " and sequence_number <> 2")
                    .param(id.value())
                    .update();
            assertThat(mentions.from(id, 0, own)).hasSize(1);
            undone.setRollbackOnly();
        });
    }

    /** Of a gauge, or of an account that corrects much, there may be any number. */
    @Test
    void findsTheAdjustmentsOfItsOwnUsageWithoutReadingOthers() {
        transactions.executeWithoutResult(undone -> {
            jdbc.sql("update wallet_event set payload_revision = 'unreadable' where aggregate_identifier = ?")
                    .param(id.value())
                    .update();
            assertThat(mentions.adjustments(id, 0, new UsageName("/test", "1"))).isEmpty();
            assertThat(mentions.arrearsAdjustments(id, 0, new UsageName("/test", "1")))
                    .isEmpty();
            undone.setRollbackOnly();
        });
    }

    @Test
    void beginsWhereItIsTold() {
        transactions.executeWithoutResult(_ -> {
            assertThat(mentions.from(id, 2, new UsageName("/test", "1"))).hasSize(1);
            assertThat(mentions.from(id, 3, new UsageName("/test", "1"))).isEmpty();
        });
    }

    private List<WalletEvent> found(UsageName usage) {
        return Objects.requireNonNull(transactions.execute(_ -> mentions.from(id, 0, usage)));
    }

    private void draw(String source, String usageId) {
        var at = now().truncatedTo(ChronoUnit.MILLIS);
        var free = Money.zero(Currency.getInstance("USD"));
        var line = new UsageLine(source, usageId, "mtr-1", "price-1", BigDecimal.ONE, free, at, null);
        ledger.inTransaction(() -> wallets.execute(new DrawDown(id, List.of(line), at)));
    }
}
