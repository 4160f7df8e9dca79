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

    private static final double REQUESTS_PER_SECOND = 3;
    private static final double CORRECTIONS_PER_SECOND = 4;
    private static final double MONEY_BACK_PER_SECOND = 0.5;
    private static final double PRICE_TURNS_PER_SECOND = 0.1;
    private static final double CLOSINGS_PER_SECOND = 0.5;
    private static final double LOOKS_BACK_PER_SECOND = 2;
    private static final int WORKERS_OF_A_KIND = 2;
    private static final int WORKERS_ON_WALLETS = 6;

    private final Environment environment;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Sent sent;
    private final String source;
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean stopped;

    private Traffic(Environment environment, Accounts accounts, Catalogue catalogue, Sent sent, String source) {
        this.environment = environment;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.sent = sent;
        this.source = source;
    }

    /**
     * Begins.
     *
     * @param usagePerSecond events of usage, half of them over HTTP and half over Kafka
     * @param source the source of all usage, in the sense of CloudEvents
     */
    public static Traffic begin(
            Environment environment,
            Accounts accounts,
            Catalogue catalogue,
            Sent sent,
            String source,
            int usagePerSecond,
            long seed) {
        var traffic = new Traffic(environment, accounts, catalogue, sent, source);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < WORKERS_OF_A_KIND; i++) {
            traffic.usageOverHttp(usagePerSecond / 4.0, "h" + i + "-", random.split());
            traffic.usageOverKafka(usagePerSecond / 4.0, "k" + i + "-", random.split());
            traffic.corrections(new UsageCorrections.Share(i, WORKERS_OF_A_KIND), random.split());
        }
        for (int i = 0; i < WORKERS_ON_WALLETS; i++) {
            traffic.walletRequests("w" + i + "-", random.split());
        }
        traffic.moneyBack(random.split());
        traffic.closings(random.split());
        traffic.prices();
        traffic.looksBack(random.split());
        return traffic;
    }

    private void usageOverHttp(double perSecond, String prefix, SplittableRandom random) {
        var usage = new UsageSource(accounts, sent, acknowledged, prefix, random);
        var http = new UsageOverHttp(insistence(Service.USAGE_INGEST, "ingest"), usage, sent, source);
        begin(prefix, perSecond, http::send, () -> {});
    }

    private void usageOverKafka(double perSecond, String prefix, SplittableRandom random) {
        var backend = new ProductBackend(environment, source);
        var kafka = new UsageOverKafka(backend, new UsageSource(accounts, sent, acknowledged, prefix, random), sent);
        begin(prefix, perSecond, kafka::send, () -> {
            kafka.finish();
            backend.close();
        });
    }

    private void corrections(UsageCorrections.Share share, SplittableRandom random) {
        var ingest = insistence(Service.USAGE_INGEST, "billing");
        var corrections = new UsageCorrections(ingest, acknowledged, sent, source, share, random);
        begin("corrections-" + share.worker(), CORRECTIONS_PER_SECOND, corrections::send, () -> {});
    }

    private void walletRequests(String prefix, SplittableRandom random) {
        var wallets = insistence(Service.WALLET, "billing");
        var requests = new WalletRequests(wallets, accounts, catalogue, sent, prefix, random);
        begin(prefix, REQUESTS_PER_SECOND, requests::send, () -> {});
    }

    private void moneyBack(SplittableRandom random) {
        var moneyBack = new MoneyBack(environment.stripe(), sent, random);
        begin("money-back", MONEY_BACK_PER_SECOND, moneyBack::send, () -> {});
    }

    private void closings(SplittableRandom random) {
        var closings = new Closings(insistence(Service.WALLET, "billing"), accounts, sent, random);
        begin("closings", CLOSINGS_PER_SECOND, closings::turn, closings::end);
    }

    private void prices() {
        var tide = new PriceTide(environment, catalogue, sent);
        begin("prices", PRICE_TURNS_PER_SECOND, tide::turn, tide::end);
    }

    private void looksBack(SplittableRandom random) {
        var looksBack = new LooksBack(insistence(Service.WALLET, "billing"), accounts, sent, random);
        begin("looks-back", LOOKS_BACK_PER_SECOND, looksBack::look, () -> {});
    }

    private Insistence insistence(Service service, String role) {
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
