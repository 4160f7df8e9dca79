package io.drawdown.reporting.wallet;

import static io.drawdown.reporting.WalletHistory.measure;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Topic;
import io.drawdown.reporting.ReportingPlatform;
import io.drawdown.reporting.WalletHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** Random histories, with repeats, restarts and a rebuild in between: what is projected is what a fold of their events gives. */
class RandomHistoriesIT extends ReportingPlatform {

    private static final int WALLETS = 30;
    private static final int STEPS = 100;
    private static final int ROUNDS = 5;
    private static final int METERS = 3;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void areProjectedAsAFoldOfTheirEventsGivesThem() {
        var parts = Stream.generate(() -> new Part(history())).limit(WALLETS).toList();
        try {
            sendInRounds(parts);
        } finally {
            listeners.start(); // Other tests share them.
        }
        awaitAll();

        assertThat(parts)
                .as("histories of seed %d", seed)
                .allSatisfy(part -> assertThat(projected(part.history.walletId))
                        .isEqualTo(Fold.of(part.history.events()).sums()));
    }

    private void sendInRounds(List<Part> parts) {
        for (int round = 1; round <= ROUNDS; round++) {
            switch (round) {
                case 2 -> listeners.stop();
                case 3 -> listeners.start();
                case 4 ->
                    as("admin")
                            .post()
                            .uri("/v1/projections/rebuild")
                            .exchange()
                            .expectStatus()
                            .isAccepted();
                default -> {}
            }
            send(parts, round);
        }
    }

    /** One of these, and how much of it has been sent. */
    private static final class Part {

        private final WalletHistory history;
        private int sent;

        private Part(WalletHistory history) {
            this.history = history;
        }
    }

    /** Some more of each, behind a repeat of some that was sent before. */
    private void send(List<Part> parts, int round) {
        for (var part : parts) {
            var events = part.history.events();
            var until = events.size() * round / ROUNDS;
            send(Topic.WALLET_EVENTS, part.history.accountId, events.subList(random.nextInt(part.sent + 1), until));
            part.sent = until;
        }
    }

    private WalletHistory history() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD");
        for (int i = 0; i < STEPS; i++) {
            step(history);
        }
        return history;
    }

    private void step(WalletHistory history) {
        switch (random.nextInt(16)) {
            case 0, 1 -> history.granted(amount(), amount());
            case 2 -> history.expired(amount());
            case 3 -> history.voided(amount());
            case 4 -> history.rolledOver(amount(), amount());
            case 5 -> history.clawedBack(amount(), amount(), amount());
            case 6 -> history.givenBack(amount(), amount(), amount());
            case 7 -> history.repaid(amount());
            case 8 -> history.captured(random.nextBoolean() ? meter() : null, amount());
            case 9 -> history.leftToArrears(meter(), amount());
            case 10 ->
                history.replenishing(amount(), amount())
                        .requested("r", amount())
                        .actionRequired("r")
                        .failed("r");
            case 11 -> adjust(history);
            case 12 -> closeNowAndThen(history);
            default -> history.drawnDown(meter(), day(), amounts());
        }
    }

    /** Void, replaced, or made dearer by other usage. */
    private void adjust(WalletHistory history) {
        var before = amount();
        var after = amount();
        switch (random.nextInt(3)) {
            case 0 ->
                history.adjusted(
                        meter(), new BigDecimal(before).negate().toPlainString(), measure("1", day(), before), null);
            case 1 ->
                history.adjusted(
                        meter(),
                        new BigDecimal(after).subtract(new BigDecimal(before)).toPlainString(),
                        measure("1", day(), before),
                        measure("2", day(), after));
            default -> history.adjusted(meter(), after, measure("1", day(), null), measure("2", day(), null));
        }
    }

    private void closeNowAndThen(WalletHistory history) {
        if (random.nextInt(5) == 0) {
            history.closed(amount());
        }
    }

    private String meter() {
        return "mtr_" + random.nextInt(METERS);
    }

    private Instant day() {
        return NOVEMBER.plus(Duration.ofHours(random.nextInt(24 * 10)));
    }

    private String[] amounts() {
        return Stream.generate(this::amount).limit(1 + random.nextInt(4)).toArray(String[]::new);
    }

    private String amount() {
        return BigDecimal.valueOf(1 + random.nextInt(5_000_000), random.nextInt(8))
                .toPlainString();
    }

    /** In the form of {@link Fold#sums()}; of a wallet that has all of its events. */
    private Map<String, BigDecimal> projected(String walletId) {
        var sums = new TreeMap<String, BigDecimal>();
        jdbc
                .sql("""
                select sums.name, sums.amount from wallet w cross join lateral
                    (values ('settled', settled), ('granted', granted), ('paid', paid), ('drawn_down', drawn_down))
                    sums(name, amount)
                where wallet_id = :wallet and sequence = seen
                union all
                select day || ' ' || meter_id, amount from wallet_usage where wallet_id = :wallet""")
                .param("wallet", walletId)
                .query((row, _) ->
                        Map.entry(row.getString(1), row.getBigDecimal(2).stripTrailingZeros()))
                .list()
                .stream()
                .filter(sum -> sum.getValue().signum() != 0)
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        return sums;
    }
}
