package io.drawdown.chaos.load;

import io.drawdown.chaos.platform.Service;
import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.ProductBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** Everything that is sent to the platform, by a few workers at once, until it is stopped. */
public final class Traffic {

    private static final int REQUESTS_PER_SECOND = 3;
    private static final int WORKERS_OF_A_KIND = 2;
    private static final int WORKERS_ON_WALLETS = 6;

    private final Sent sent;
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean stopped;

    private Traffic(Sent sent) {
        this.sent = sent;
    }

    /**
     * Begins.
     *
     * @param usagePerSecond events of usage, half of them over HTTP and half over Kafka
     * @param source the source of all usage, in the sense of CloudEvents
     */
    public static Traffic begin(
            Environment environment, Accounts accounts, Sent sent, String source, int usagePerSecond, long seed) {
        var traffic = new Traffic(sent);
        var random = new SplittableRandom(seed);
        for (int i = 1; i <= WORKERS_OF_A_KIND; i++) {
            traffic.usageOverHttp(environment, accounts, source, usagePerSecond / 4.0, "h" + i + "-", random.split());
            traffic.usageOverKafka(environment, accounts, source, usagePerSecond / 4.0, "k" + i + "-", random.split());
        }
        for (int i = 1; i <= WORKERS_ON_WALLETS; i++) {
            traffic.walletRequests(environment, accounts, "w" + i + "-", random.split());
        }
        return traffic;
    }

    private void usageOverHttp(
            Environment environment,
            Accounts accounts,
            String source,
            double perSecond,
            String prefix,
            SplittableRandom random) {
        var usage = new UsageSource(accounts, sent, acknowledged, prefix, random);
        var http = new UsageOverHttp(insistence(environment, Service.USAGE_INGEST, "ingest"), usage, sent, source);
        begin(prefix, perSecond, http::send, () -> {});
    }

    private void usageOverKafka(
            Environment environment,
            Accounts accounts,
            String source,
            double perSecond,
            String prefix,
            SplittableRandom random) {
        var backend = new ProductBackend(environment, source);
        var kafka = new UsageOverKafka(backend, new UsageSource(accounts, sent, acknowledged, prefix, random), sent);
        begin(prefix, perSecond, kafka::send, () -> {
            kafka.finish();
            backend.close();
        });
    }

    private void walletRequests(Environment environment, Accounts accounts, String prefix, SplittableRandom random) {
        var requests =
                new WalletRequests(insistence(environment, Service.WALLET, "billing"), accounts, sent, prefix, random);
        begin(prefix, REQUESTS_PER_SECOND, requests::send, () -> {});
    }

    private Insistence insistence(Environment environment, Service service, String role) {
        var instances = service.instances().stream()
                .map(name -> environment.api(name, role))
                .toList();
        return new Insistence(instances, sent);
    }

    /** A worker that fails is evidence, too. */
    private void begin(String name, double perSecond, IntSupplier work, Runnable end) {
        var pace = new Pace(perSecond);
        workers.add(Thread.ofPlatform().name("traffic-" + name).daemon().start(() -> {
            try {
                while (!stopped) {
                    pace.take(work.getAsInt());
                }
                end.run();
            } catch (RuntimeException e) {
                sent.complain("A worker could not go on: " + e.getMessage());
            }
        }));
    }

    /** Begins nothing more; returns when all that was begun has been answered. */
    public void stop() throws InterruptedException {
        stopped = true;
        for (var worker : workers) {
            worker.join();
        }
    }
}
