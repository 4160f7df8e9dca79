package io.drawdown.bench.ledger.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.bench.rival.Workers;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** One Axon command for each usage event: its own transaction, aggregates kept in a strong cache, as Axon's guide has it. */
public final class AxonCommand {

    private static final int THREADS = 8;
    private static final BigDecimal UNIT_PRICE = new BigDecimal("0.01");

    private AxonCommand() {}

    public static void main(String[] arguments) throws Exception {
        var settings = RivalSettings.fromEnvironment();
        var wallets = AxonWallets.start(settings);
        var counter = Counter.printing();
        Workers.run(1, () -> consume(settings, wallets, counter));
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static Void consume(RivalSettings settings, AxonWallets wallets, Counter counter) throws Exception {
        var lanes = IntStream.range(0, THREADS)
                .mapToObj(_ -> Executors.newSingleThreadExecutor())
                .toList();
        try (var consumer = settings.consumer("rival-axon")) {
            consumer.subscribe(List.of(Topic.USAGE_ACCEPTED.topicName()));
            while (true) {
                var sent = new ArrayList<Future<?>>();
                for (var usage : consumer.poll(Duration.ofMillis(200))) {
                    sent.add(lane(lanes, usage.key()).submit(() -> handle(wallets, usage.value(), counter)));
                }
                for (var future : sent) {
                    future.get();
                }
                consumer.commitSync();
            }
        }
    }

    /** One lane a wallet, so that no two commands meet on the same aggregate. */
    private static ExecutorService lane(List<ExecutorService> lanes, String account) {
        return lanes.get(Math.floorMod(account.hashCode(), lanes.size()));
    }

    private static void handle(AxonWallets wallets, UsageAccepted usage, Counter counter) {
        wallets.drawDown(usage.getAccountId(), usage.getId(), new BigDecimal(usage.getValue()).multiply(UNIT_PRICE));
        counter.add(1);
    }
}
