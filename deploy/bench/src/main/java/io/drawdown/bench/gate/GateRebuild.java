package io.drawdown.bench.gate;

import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.prepare.TopicEnd;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.bench.report.Output;
import io.drawdown.events.Topic;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The gate's claims, one for each usage event of the last 35 days, rebuilt from their log by an instance that has none.
 *
 * @param platform on which nothing runs; its folder is written to
 * @param accounts whose usage it is
 * @param claims how many
 */
public record GateRebuild(BenchPlatform platform, List<String> accounts, long claims) {

    private static final String LOG = "usage-ingest-service-claims-changelog";
    private static final String STATE = "data/usage-ingest";
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Two starts differ by a second or two for no reason. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    /**
     * Claims a second: how much longer a start takes without the local copy than with it is what the rebuild took. Null, and
     * said why, where that is no longer than two starts differ.
     */
    public @Nullable Long perSecond() throws IOException {
        claim();
        var withCopy = start();
        forget();
        var without = start();
        var took = without.minus(withCopy);
        if (took.compareTo(LEAST) < 0) {
            Output.progress(
                    "A start without the local copy took %,d ms, and %,d ms with it: too few claims to tell; give more with --claims"
                            .formatted(without.toMillis(), withCopy.toMillis()));
            return null;
        }
        return perSecond(claims, took);
    }

    private void claim() {
        var environment = platform.start("usage-ingest");
        Catalogue.publish(environment);
        Catalogue.publishAccounts(environment, accounts);
        try (var accepted = TopicEnd.of(environment, Topic.USAGE_ACCEPTED)) {
            TopicFill.of(environment).fill(claims, new EventTopic(accounts)::next, _ -> {});
            for (var done = accepted.since(); done < claims; done = accepted.since()) {
                Output.progress("gate: %,d of %,d claims made".formatted(done, claims));
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        platform.stop();
    }

    private void forget() throws IOException {
        var state = platform.folder().resolve(STATE);
        Files.move(state, state.resolveSibling("usage-ingest-before"));
    }

    /** With what it needs, which takes as long with and without: a platform that runs starts nothing more. */
    private Duration start() {
        var begun = System.nanoTime();
        platform.start("usage-ingest");
        var took = Duration.ofNanos(System.nanoTime() - begun);
        platform.stop();
        return took;
    }

    /** Claims a second when their log is read and thrown away. */
    public long readingAlone() {
        var environment = platform.start("kafka");
        try (var consumer = consumer(environment)) {
            var partitions = consumer.partitionsFor(LOG).stream()
                    .map(partition -> new TopicPartition(LOG, partition.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var begun = System.nanoTime();
            long count = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                count += consumer.poll(LOOK).count();
            }
            return perSecond(count, Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            platform.stop();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Environment environment) {
        var settings = Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static long perSecond(long count, Duration took) {
        return Math.round(count * 1e9 / took.toNanos());
    }
}
