package io.drawdown.wire.view;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Out of service until every open view has caught up; says of each how it stands. */
public final class CompactedTopicViewsHealth implements HealthIndicator {

    private final CompactedTopicViews views;

    public CompactedTopicViewsHealth(CompactedTopicViews views) {
        this.views = views;
    }

    @Override
    public Health health() {
        var status = views.status();
        var health =
                status.stream().allMatch(CompactedTopicViews.Status::caughtUp) ? Health.up() : Health.outOfService();
        status.forEach(view -> health.withDetail(view.topic() + "/" + view.type(), view));
        return health.build();
    }
}
