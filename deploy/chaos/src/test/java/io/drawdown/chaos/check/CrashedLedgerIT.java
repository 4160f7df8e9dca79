package io.drawdown.chaos.check;

import static io.drawdown.chaos.agent.CrashPoint.Moment.AFTER;
import static io.drawdown.chaos.agent.Step.APPEND;
import static io.drawdown.chaos.agent.Step.COMMIT;
import static io.drawdown.chaos.platform.RunningLedger.WALLET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.agent.Effect;
import io.drawdown.chaos.platform.AbsentServices;
import io.drawdown.chaos.platform.OnRunningLedger;
import io.drawdown.chaos.platform.RunningLedger;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process of the ledger that ends in the middle of usage, with and without the commit; the next one goes on where it has left off. */
@ExtendWith(OnRunningLedger.class)
class CrashedLedgerIT {

    /** All is written and nothing committed. */
    private static final CrashPoint WRITTEN = new CrashPoint(APPEND, AFTER);

    /** Nothing but the process itself knows that it is. */
    private static final CrashPoint COMMITTED = new CrashPoint(COMMIT, AFTER);

    /** On one partition: a process that dies may otherwise commit at this very moment what another thread has read. */
    private static final List<String> ACCOUNTS = IntStream.range(0, 1_000)
            .mapToObj(number -> "crash-" + number)
            .filter(account -> AbsentServices.partitionOf(account) == 0)
            .limit(3)
            .toList();

    private static final String METER = "mtr-crash";
    private static final BigDecimal GRANTED = new BigDecimal("100");
    private static final BigDecimal PRICE = new BigDecimal("0.01");
    private static final int EVENTS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, List<String>> sent =
            ACCOUNTS.stream().collect(Collectors.toMap(account -> account, _ -> new ArrayList<>()));

    @Test
    void drawsEachUsageDownOnce(RunningLedger ledger) throws SQLException {
        open(ledger);
        use(ledger);
        awaitExactness(ledger);

        var before = Stored.in(ledger);
        crash(ledger, WRITTEN, 1);
        assertThat(Stored.in(ledger)).as("what is stored before the commit").isEqualTo(before);

        // To append is a transaction within this one: its commit passes first, and commits nothing.
        crash(ledger, COMMITTED, 2);
        assertThat(Stored.in(ledger).isBeyond(before))
                .as("whether it is stored after the commit")
                .isTrue();

        use(ledger);
        awaitExactness(ledger);
        assertThat(ledger.wallets().postForLines("/v1/ledger/verifications"))
                .as("what is in memory and in snapshots, beside the log")
                .isNotEmpty()
                .noneMatch(line -> line.path("type").asString("").equals("difference"));
    }

    private static void open(RunningLedger ledger) {
        ledger.absent().meter(METER, PRICE.toPlainString(), "USD");
        for (var account : ACCOUNTS) {
            ledger.wallets()
                    .post("/v1/wallets", Map.of("accountId", account, "currency", "USD", "timeZone", "UTC"), account);
            ledger.wallets()
                    .post(
                            "/v1/wallets/wal_" + account + "/grants",
                            Map.of("amount", GRANTED.toPlainString(), "reason", "test"),
                            account + "-grant");
        }
    }

    /** One unit each time. */
    private void use(RunningLedger ledger) {
        for (int i = 0; i < EVENTS; i++) {
            sent.forEach((account, ids) -> ids.add(ledger.absent().usage(account, METER, "1")));
        }
    }

    /** Ends it there as soon as it comes by; one that is on its way back begins with the trap set. */
    private void crash(RunningLedger ledger, CrashPoint point, int pass) {
        ledger.platform().arm(WALLET, point, pass, Effect.ENDS);
        use(ledger);
        await(point.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !ledger.platform().isArmed(WALLET));
    }

    private void awaitExactness(RunningLedger ledger) {
        try (var reader = TopicReader.impatient(ledger.environment())) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions() // The process is on its way back.
                    .untilAsserted(() -> assertExact(ledger, WalletTopic.read(reader)));
        }
    }

    private void assertExact(RunningLedger ledger, WalletTopic topic) {
        assertThat(topic.violations()).isEmpty();
        sent.forEach((account, ids) -> {
            assertThat(drawnDown(topic, account)).containsExactlyInAnyOrderElementsOf(ids);
            var used = PRICE.multiply(BigDecimal.valueOf(ids.size()));
            assertThat(settled(ledger, account)).isEqualByComparingTo(GRANTED.subtract(used));
        });
    }

    /** With repeats, if there were any. */
    private static List<String> drawnDown(WalletTopic topic, String account) {
        return topic.all(UsageDrawnDown.class).stream()
                .filter(event -> event.getAccountId().equals(account))
                .flatMap(event -> event.getLines().stream())
                .map(UsageLine::getId)
                .toList();
    }

    private static BigDecimal settled(RunningLedger ledger, String account) {
        return Amounts.of(ledger.wallets().get("/v1/wallets/wal_" + account).path("settled"));
    }

    /** How many events there are, and how far usage has been read on all partitions together. */
    private record Stored(long events, long read) {

        private static Stored in(RunningLedger ledger) throws SQLException {
            try (var database = ledger.database();
                    var statement = database.createStatement();
                    var row = statement.executeQuery("select (select count(*) from wallet_event),"
                            + " (select coalesce(sum(next_offset), 0) from usage_position)")) {
                row.next();
                return new Stored(row.getLong(1), row.getLong(2));
            }
        }

        private boolean isBeyond(Stored before) {
            return events > before.events && read > before.read;
        }
    }
}
