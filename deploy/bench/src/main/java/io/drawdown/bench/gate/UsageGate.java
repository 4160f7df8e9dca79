package io.drawdown.bench.gate;

import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.prepare.TopicEnd;
import io.drawdown.events.Topic;

/** Drawdown's own gate: usage-ingest-service as it is deployed. What it has let through is where usage.accepted.v1 ends. */
final class UsageGate implements Contender {

    private final BenchPlatform platform;
    private final TopicEnd accepted;

    private UsageGate(BenchPlatform platform, TopicEnd accepted) {
        this.platform = platform;
        this.accepted = accepted;
    }

    static UsageGate start(BenchPlatform platform) {
        var environment = platform.start("kafka", "registry");
        var accepted = TopicEnd.of(environment, Topic.USAGE_ACCEPTED);
        platform.stop();
        platform.start("usage-ingest");
        return new UsageGate(platform, accepted);
    }

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public long durableEvents() {
        return accepted.since();
    }

    @Override
    public long residentMegabytes() {
        return platform.residentMegabytes("usage-ingest");
    }

    @Override
    public void close() {
        accepted.close();
        platform.stop();
    }
}
