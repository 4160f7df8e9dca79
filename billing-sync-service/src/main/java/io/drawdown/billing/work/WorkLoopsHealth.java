package io.drawdown.billing.work;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when a worker has ended that nobody stopped; names its loop. */
@Component("workLoops")
class WorkLoopsHealth implements HealthIndicator {

    private final List<WorkLoop> loops;

    WorkLoopsHealth(List<WorkLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    @Override
    public Health health() {
        var incomplete = loops.stream()
                .filter(loop -> !loop.isComplete())
                .map(WorkLoop::name)
                .toList();
        return incomplete.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("workersMissing", incomplete).build();
    }
}
