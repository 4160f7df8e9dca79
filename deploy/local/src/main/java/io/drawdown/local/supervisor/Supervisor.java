package io.drawdown.local.supervisor;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.ProcessSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Starts a list of processes, each as soon as what it waits for is ready, and keeps them running until stopped. */
public final class Supervisor {

    private static final Duration TELL_EVERY = Duration.ofMillis(500);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    private final List<Keeper> keepers;
    private final Surroundings surroundings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Map<String, CompletableFuture<Void>> ready = new HashMap<>();
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    public Supervisor(Collection<ProcessSpec> processes, Surroundings surroundings) {
        var order = new StartOrder(processes);
        this.surroundings = surroundings;
        this.keepers = processes.stream()
                .map(spec -> new Keeper(spec, order.rank(spec.name()), surroundings))
                .sorted(Comparator.comparingInt(Keeper::rank))
                .toList();
    }

    /**
     * Starts everything and returns when all are ready.
     *
     * @throws PlatformException as soon as one fails to start; the others still run until {@link #stop()}
     * @throws Stopped when {@link #stop()} came first
     */
    public void start() throws InterruptedException {
        var begun = surroundings.clock().instant();
        keepers.forEach(keeper -> ready.put(keeper.spec().name(), whenItsTurn(keeper, begun)));
        CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> outcome.complete(null));
        awaitOutcome();
        threads.execute(this::watchHealth);
    }

    /** Stops everything, the last ranks first; repeating it changes nothing. */
    public synchronized void stop() throws InterruptedException {
        stopRequested.countDown();
        var ranks = keepers.stream().collect(Collectors.groupingBy(Keeper::rank));
        for (var rank :
                ranks.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
            stopTogether(ranks.getOrDefault(rank, List.of()));
        }
    }

    /** Returns when {@link #stop()} has been asked for. */
    public void awaitStop() throws InterruptedException {
        stopRequested.await();
    }

    private CompletableFuture<Void> whenItsTurn(Keeper keeper, Instant begun) {
        var before = keeper.spec().after().stream().map(ready::get).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(before)
                .thenRunAsync(() -> start(keeper, begun), threads)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        outcome.completeExceptionally(failure);
                    }
                });
    }

    private void start(Keeper keeper, Instant begun) {
        try {
            keeper.start();
            var total = Duration.between(begun, surroundings.clock().instant());
            surroundings
                    .progress()
                    .say(String.format(
                            java.util.Locale.ROOT,
                            "%7s  %-15s ready, took %s",
                            Seconds.of(total),
                            keeper.spec().name(),
                            Seconds.of(keeper.startTook())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    private void awaitOutcome() throws InterruptedException {
        try {
            while (!outcomeKnownWithin(TELL_EVERY)) {
                surroundings.progress().waitingFor(waiting());
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            surroundings.progress().waitingFor(List.of());
        }
    }

    private boolean outcomeKnownWithin(Duration time) throws InterruptedException, ExecutionException {
        try {
            outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private List<String> waiting() {
        return keepers.stream()
                .map(keeper -> keeper.spec().name())
                .filter(name ->
                        !java.util.Objects.requireNonNull(ready.get(name)).isDone())
                .toList();
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        var cause = failure.getCause();
        if (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private void stopTogether(List<Keeper> keepersOfOneRank) {
        var stopping = keepersOfOneRank.stream()
                .map(keeper -> CompletableFuture.runAsync(() -> stop(keeper), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stopping).join();
    }

    private static void stop(Keeper keeper) {
        try {
            keeper.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchHealth() {
        try {
            while (!stopRequested.await(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                for (var keeper : keepers) {
                    keeper.checkHealth();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
