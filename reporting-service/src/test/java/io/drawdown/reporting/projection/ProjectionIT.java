package io.drawdown.reporting.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.reporting.ReportingPlatform;
import io.drawdown.reporting.WalletHistory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class ProjectionIT extends ReportingPlatform {

    @Test
    void keepsTheLatestStateOfAnInvoiceWhateverTheOrder() {
        var id = unique("in");
        var open = invoice(id, "USD", "45.00").build();
        var paid = paid(invoice(id, "USD", "45.00"), DECEMBER).build();

        send(open);
        send(paid);
        send(open);
        send(paid);
        awaitAll();

        assertThat(jdbc.sql("select status, amount_paid from invoice where invoice_id = ?")
                        .param(id)
                        .query()
                        .singleRow())
                .containsEntry("status", "PAID")
                .containsEntry("amount_paid", new BigDecimal("45.00"));
        assertThat(count("select count(*) from invoice_line where invoice_id = ?", id))
                .isEqualTo(1);
    }

    @Test
    void keepsTheLatestStateOfAnAccount() {
        var id = unique("acct");
        var renamed = account(id, "Renamed");
        renamed.setStatus(AccountStatus.CLOSED);
        renamed.setUpdatedAt(DECEMBER);

        send(renamed);
        send(account(id, "Named"));
        awaitAll();

        assertThat(jdbc.sql("select name, status from account where account_id = ?")
                        .param(id)
                        .query()
                        .singleRow())
                .isEqualTo(Map.of("name", "Renamed", "status", "CLOSED"));
    }

    @Test
    void keepsPaymentsAndFailedReplenishments() {
        var payment = unique("pi");
        var replenishment = unique("rep");
        var failed = new ReplenishmentFailed(
                replenishment, "w", "acct", "in_1", "declined", "insufficient_funds", "Declined", NOVEMBER);

        send(Topic.BILLING_PAYMENTS, payment, List.of(payment(payment, "processing"), payment(payment, "succeeded")));
        send(Topic.BILLING_PAYMENTS, replenishment, List.of(failed, failed));
        awaitAll();

        assertThat(jdbc.sql("select status from payment where payment_id = ?")
                        .param(payment)
                        .query(String.class)
                        .single())
                .isEqualTo("succeeded");
        assertThat(count("select count(*) from failed_replenishment where replenishment_id = ?", replenishment))
                .isEqualTo(1);
    }

    @Test
    void ignoresRedeliveredWalletEvents() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD")
                .granted("45.00", "45.00")
                .drawnDown("mtr_1", NOVEMBER, "0.01", "0.02");

        send(history);
        send(history);
        awaitAll();

        assertThat(wallet(history.walletId).get("settled")).isEqualTo(new BigDecimal("44.97"));
        assertThat(count("select sum(events) from wallet_usage where wallet_id = ?", history.walletId))
                .isEqualTo(2);
    }

    @Test
    void saysThatACustomerWasAskedUntilThatTopUpEnds() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD")
                .requested("r1", "10")
                .actionRequired("r1");
        send(history);
        awaitAll();
        assertThat(wallet(history.walletId)).containsEntry("awaiting_customer", true);

        history.failed("r1").requested("r2", "10");
        send(history);
        awaitAll();
        assertThat(wallet(history.walletId))
                .containsEntry("awaiting_customer", false)
                .containsEntry("pending", "r2");
        get("finance", "/v1/reports/wallets")
                .expectBody()
                .jsonPath("$.rows[?(@.walletId == '" + history.walletId + "')].awaitingCustomer")
                .isEqualTo(false);
    }

    @Test
    void showsAWalletWithAMissingEventAsIncompleteUntilThatComes() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD")
                .granted("45.00", "45.00")
                .drawnDown("mtr_1", NOVEMBER, "1.00");
        var events = history.events();

        send(Topic.WALLET_EVENTS, history.accountId, List.of(events.get(0), events.get(2)));
        awaitAll();

        get("finance", "/v1/reports/wallets")
                .expectBody()
                .jsonPath("$.rows[?(@.walletId == '" + history.walletId + "')].complete")
                .isEqualTo(false)
                .jsonPath("$.freshness.incompleteWallets")
                .isEqualTo(1);

        send(Topic.WALLET_EVENTS, history.accountId, List.of(events.get(1), events.get(2)));
        awaitAll();

        assertThat(wallet(history.walletId)).containsEntry("sequence", 2L).containsEntry("seen", 2L);
        get("finance", "/v1/reports/wallets")
                .expectBody()
                .jsonPath("$.freshness.incompleteWallets")
                .isEqualTo(0);
    }

    @Test
    void putsOnlyTheRecordAtFaultAside() {
        var before = unique("in");
        var broken = unique("in");
        var after = unique("in");

        send(invoice(before, "USD", "1.00").build());
        send(invoice(broken, "USD", "a dollar").build());
        send(invoice(after, "USD", "3.00").build());
        await().until(() -> count("select count(*) from invoice where invoice_id = ?", after) == 1
                && count("select count(*) from invoice where invoice_id = ?", before) == 1);

        assertThat(count("select count(*) from invoice where invoice_id = ?", broken))
                .isZero();
        // So that the position has passed the broken one, whichever partition it came by.
        for (var i = 0; i < 20; i++) {
            send(invoice(unique("in"), "USD", "1.00").build());
        }
        awaitAll();
    }

    @Test
    void holdsTheSameRowsWhenMadeAgainFromTheBeginning() {
        sendALittleOfEverything();
        awaitAll();
        var live = Tables.dump(jdbc);

        as("admin")
                .post()
                .uri("/v1/projections/rebuild")
                .exchange()
                .expectStatus()
                .isAccepted();

        await().untilAsserted(() -> assertThat(Tables.dump(jdbc)).isEqualTo(live));
        sendALittleOfEverything();
        awaitAll();
        assertThat(Tables.dump(jdbc)).isNotEqualTo(live);
    }

    @Test
    void goesOnFromTheStoredPositionWhateverTheBrokerHasKept() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD").granted("1", "1");
        send(history);
        awaitAll();

        // As after restoring a database from before the events: wallet and position are both older than the group's
        // offset.
        jdbc.sql("delete from wallet where wallet_id = ?")
                .param(history.walletId)
                .update();
        jdbc.sql("delete from position where topic = ?")
                .param(Topic.Name.WALLET_EVENTS)
                .update();

        await().until(() -> count("select count(*) from wallet where wallet_id = ?", history.walletId) == 1);
        awaitAll();
        assertThat(wallet(history.walletId)).containsEntry("sequence", 1L);
    }

    @Test
    void isMadeAgainByAdministratorsOnly() {
        as("finance")
                .method(HttpMethod.POST)
                .uri("/v1/projections/rebuild")
                .exchange()
                .expectStatus()
                .isForbidden();
        as("nobody")
                .post()
                .uri("/v1/projections/rebuild")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private void sendALittleOfEverything() {
        for (var i = 0; i < 5; i++) {
            var history = new WalletHistory(unique("w"), unique("acct"), "USD").granted("45.00", "40.00");
            for (var j = 0; j < 60; j++) {
                history.drawnDown("mtr_" + j % 3, NOVEMBER.plusSeconds(40_000L * j), "0.01", "0.0000001");
            }
            send(history.replenishing("10", "45").requested("r", "45").failed("r"));
            send(account(history.accountId, "Acme " + i));
            send(paid(invoice(unique("in"), "USD", "45.00"), DECEMBER).build());
        }
    }

    private Map<String, Object> wallet(String walletId) {
        return jdbc.sql("select * from wallet where wallet_id = ?")
                .param(walletId)
                .query()
                .singleRow();
    }

    private long count(String sql, String id) {
        return jdbc.sql(sql).param(id).query(Long.class).single();
    }

    static Payment payment(String paymentId, String status) {
        var money = new Money("45.00", "USD");
        return new Payment(paymentId, "in_1", "cus_1", "acct_1", status, money, money, null, null, NOVEMBER, NOVEMBER);
    }
}
