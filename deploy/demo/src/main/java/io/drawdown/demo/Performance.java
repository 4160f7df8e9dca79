package io.drawdown.demo;

import io.drawdown.demo.step.Step;
import io.drawdown.demo.step.Story;
import java.time.Duration;
import java.util.List;

/** Performs the steps in order; the first that fails ends the story, since each stands on those before it. */
final class Performance {

    private final StepLog log;

    Performance(StepLog log) {
        this.log = log;
    }

    /**
     * Performs the steps.
     *
     * @return how many did not hold, those included that could not be tried
     */
    int of(List<Step> steps, Story story) {
        var passed = 0;
        for (var step : steps) {
            if (!holds(step, story)) {
                break;
            }
            passed++;
        }
        steps.subList(Math.min(passed + 1, steps.size()), steps.size())
                .forEach(step -> log.failed(step.name(), Duration.ZERO, "not tried, because an earlier step failed"));
        log.end(passed, steps.size() - passed);
        return steps.size() - passed;
    }

    private boolean holds(Step step, Story story) {
        log.begin(step.name());
        var begun = System.nanoTime();
        try {
            var seen = step.perform(story);
            log.passed(step.name(), since(begun), seen);
            return true;
        } catch (RuntimeException | AssertionError e) {
            log.failed(step.name(), since(begun), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
