package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

class WaitingRequestsIT extends WalletIntegrationTest {

    private static final int WAITING = 60;

    final String busy = Outside.unique("busy");
    final String other = Outside.unique("acc");

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    @Autowired
    private HikariDataSource connections;

    @Test
    void thoseThatWaitForOneWalletLeaveConnectionsToTheOthers() throws Exception {
        funded(busy);
        funded(other);
        var enough = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holder = locked(threads, enough);
            var waiting = IntStream.range(0, WAITING)
                    .mapToObj(i -> threads.submit(() -> hold(busy, "waits" + i)))
                    .toList();
            await().until(() -> connections.getHikariPoolMXBean().getActiveConnections() > 1);
            IntStream.range(0, 20).forEach(i -> assertThat(hold(other, "o" + i)).isEqualTo(201));
            assertThat(waiting).noneMatch(Future::isDone);
            enough.countDown();
            holder.get();
            for (var each : waiting) {
                assertThat(each.get()).isEqualTo(201);
            }
        }
    }

    /** As a batch of usage has it that takes its time. */
    private Future<?> locked(ExecutorService threads, CountDownLatch enough) throws InterruptedException {
        var taken = new CountDownLatch(1);
        var holder = threads.submit(() -> ledger.inTransaction(() -> {
            var open = new ChangeStatus(WalletId.of(new AccountId(busy)), WalletStatus.OPEN, false, "as it is", now());
            wallets.execute(open);
            taken.countDown();
            return await().atMost(Duration.ofSeconds(50)).until(enough::getCount, count -> count == 0);
        }));
        taken.await();
        return holder;
    }

    private void funded(String account) {
        var wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("100");
    }

    private int hold(String account, String key) {
        return backend.post()
                .uri("/v1/wallets/wal_{account}/holds", account)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":\"1\"}")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getStatus()
                .value();
    }
}
