package io.drawdown.wire.view;

import io.drawdown.wire.view.CompactedTopicViews.Status;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service until every open view has caught up, down when one is no longer read, and degraded while one shows an
 * older record of a key than the topic has; says of each how it stands.
 */
public final class CompactedTopicViewsHealth implements HealthIndicator {

    /** Not up, yet no reason to turn requests away: every other key is as the topic has it. */
    public static final String DEGRADED = "DEGRADED";

    private final CompactedTopicViews views;

    public CompactedTopicViewsHealth(CompactedTopicViews views) {
        this.views = views;
    }

    @Override
    public Health health() {
        var status = views.status();
        var health = worstOf(status);
        status.forEach(view -> health.withDetail(view.topic() + "/" + view.type(), view));
        return health.build();
    }

    private static Health.Builder worstOf(List<Status> views) {
        if (!views.stream().allMatch(Status::alive)) {
            return Health.down();
        }
        if (!views.stream().allMatch(Status::caughtUp)) {
            return Health.outOfService();
        }
        return views.stream().allMatch(view -> view.unreadable().isEmpty()) ? Health.up() : Health.status(DEGRADED);
    }
}
