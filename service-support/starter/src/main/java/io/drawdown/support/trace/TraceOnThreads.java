package io.drawdown.support.trace;

import io.micrometer.context.ContextSnapshotFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.scheduler.Schedulers;

/**
 * Lets what a reactive chain hands over to another thread run within the trace of that chain's request: so a controller, on
 * its virtual thread, logs and sends with it.
 *
 * <p>Reactor can restore it around every signal of every operator instead, which a small request pays for many times over.
 */
final class TraceOnThreads implements AutoCloseable {

    private static final String HOOK = "drawdown.trace";

    private final ContextSnapshotFactory snapshots =
            ContextSnapshotFactory.builder().build();

    TraceOnThreads() {
        Schedulers.onScheduleHook(HOOK, this::within);
    }

    /** What is handed over is an operator, whose subscriber knows the context of its chain. */
    private Runnable within(Runnable task) {
        return Scannable.from(task).scan(Scannable.Attr.ACTUAL) instanceof CoreSubscriber<?> subscriber
                ? () -> run(task, subscriber)
                : task;
    }

    private void run(Runnable task, CoreSubscriber<?> subscriber) {
        try (var _ = snapshots.setThreadLocalsFrom(subscriber.currentContext())) {
            task.run();
        }
    }

    @Override
    public void close() {
        Schedulers.resetOnScheduleHook(HOOK);
    }
}
