package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits for something is tried again when that has come, and not before. */
class ProspectsIT extends WalletIntegrationTest {

    private static final int ALL = 100_000;

    final String account = Outside.unique("acc");
    final String meter = Outside.unique("meter");
    final String price = Outside.unique("price");
    private WalletClient wallet;

    @Autowired
    private Prospects prospects;

    @Autowired
    private ParkedUsageTable parkedUsage;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
    }

    @Test
    void usageOfAClosedWalletWaitsUntilItIsOpenAgain() {
        priced("USD");
        wallet.open();
        status("{\"status\":\"closed\",\"credit\":\"keep\",\"reason\":\"left\"}");
        var usage = parked(Reason.WALLET_CLOSED);
        assertThat(promising(usage)).isEmpty();
        status("{\"status\":\"open\",\"reason\":\"back\"}");
        drawnDownFromNowOn(usage);
    }

    @Test
    void usageWithoutAPriceWaitsUntilThereIsOne() {
        wallet.open();
        var usage = parked(Reason.NO_PRICE);
        assertThat(promising(usage)).isEmpty();
        priced("USD");
        drawnDownFromNowOn(usage);
    }

    @Test
    void usageWithoutAPriceWaitsUntilItIsLeftToStripe() {
        wallet.open();
        var usage = parked(Reason.NO_PRICE);
        put("/settlements/" + meter, "{\"mode\":\"arrears\"}");
        replay();
        assertThat(found(usage)).isEmpty();
    }

    @Test
    void usageInAnotherCurrencyWaitsForOneInTheWallets() {
        wallet.open();
        priced("EUR");
        var usage = parked(Reason.CURRENCY_MISMATCH);
        assertThat(promising(usage)).isEmpty();
        var later = Outside.unique("price");
        outside.price(later, "1", "USD", false);
        outside.meter(meter, Outside.mapping(later, Instant.EPOCH));
        drawnDownFromNowOn(usage);
    }

    @Test
    void usageOfAMonthThatIsClosedWaitsUntilItsCostDependsOnNoOther() {
        outside.price(price, "1", "USD", false);
        outside.meter(meter, Aggregation.MAX, Outside.mapping(price, Instant.EPOCH));
        wallet.open();
        var usage = outside.usage(account, meter, "1", now().minus(Duration.ofDays(200)));
        await().untilAsserted(() ->
                assertThat(found(usage)).extracting(ParkedUsage::reason).containsExactly(Reason.PERIOD_CLOSED));
        assertThat(promising(usage)).isEmpty();
        outside.meter(meter, Outside.mapping(price, Instant.EPOCH));
        drawnDownFromNowOn(usage);
    }

    @Test
    void usageWithoutAWalletWaitsUntilOneIsOpened() {
        priced("USD");
        var usage = parked(Reason.NO_WALLET);
        assertThat(promising(usage)).isEmpty();
        wallet.open();
        drawnDownFromNowOn(usage);
    }

    @Test
    void anAccountWhoseWalletCannotBeReadHoldsUpNoOther() {
        wallet.open();
        var unreadable = parked(Reason.NO_PRICE);
        // Behind what the relay has sent, which would stop before it.
        jdbc.sql("""
                        insert into wallet_event (global_index, event_identifier, aggregate_identifier, sequence_number, time_stamp,
                            payload_type, payload_revision, payload)
                        select (select least(min(global_index), 0) - 1 from wallet_event), 'unreadable', aggregate_identifier,
                            max(sequence_number) + 1, max(time_stamp), 'io.drawdown.events.wallet.UsageDrawnDown', 'unreadable', ''
                        from wallet_event where aggregate_identifier = ? group by aggregate_identifier""").param(wallet.id()).update();
        try {
            var other = new WalletClient(billing, Outside.unique("acc"));
            var behind = outside.usage(other.id().substring("wal_".length()), outside.meteredAt("1", "USD"), "1");
            await().untilAsserted(() -> assertThat(found(behind)).hasSize(1));
            other.open();
            await().untilAsserted(() -> assertThat(found(behind)).isEmpty());
            assertThat(found(unreadable)).hasSize(1);
        } finally {
            jdbc.sql("delete from wallet_event where aggregate_identifier = ? and payload_revision = 'unreadable'")
                    .param(wallet.id())
                    .update();
        }
    }

    private void priced(String currency) {
        outside.price(price, "1", currency, false);
        outside.meter(meter, Outside.mapping(price, Instant.EPOCH));
    }

    private UsageAccepted parked(Reason reason) {
        var usage = outside.usage(account, meter, "1");
        await().untilAsserted(() ->
                assertThat(found(usage)).extracting(ParkedUsage::reason).containsExactly(reason));
        return usage;
    }

    private void drawnDownFromNowOn(UsageAccepted usage) {
        await().untilAsserted(() -> {
            replay();
            assertThat(found(usage)).isEmpty();
        });
        assertThat(wallet.settled()).isEqualByComparingTo("-1");
    }

    private List<ParkedUsage> promising(UsageAccepted usage) {
        return prospects.of(found(usage));
    }

    private List<ParkedUsage> found(UsageAccepted usage) {
        return parkedUsage.after(Place.START, ALL).stream()
                .filter(parked -> parked.usage().id().equals(usage.getId()))
                .toList();
    }

    private void replay() {
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
    }

    private void status(String body) {
        put("/status", body);
    }

    private void put(String path, String body) {
        billing.put()
                .uri("/v1/wallets/" + wallet.id() + path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
