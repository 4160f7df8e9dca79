package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.store.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** Arranges deliveries with their events, makes them, and tries failed ones again. */
public final class Deliveries implements EventLog.Recipients, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
    private static final int SHUFFLE_MILLIS = 400;

    private record Attempt(Delivery delivery, Endpoint endpoint, String body) {}

    private final Store store;
    private final InstantSource realTime;
    private final RetrySchedule schedule;
    private final WebhookTroubles troubles;
    private final Sender sender;
    private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Delivery> held = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-timer").factory());
    private List<Endpoint> endpoints = List.of();
    private long endpointsRevision = -1;

    public Deliveries(Store store, InstantSource realTime, int timeScale, WebhookTroubles troubles) {
        this.store = store;
        this.realTime = realTime;
        this.schedule = new RetrySchedule(timeScale);
        this.troubles = troubles;
        this.sender = new Sender(realTime);
    }

    /** The kind that deliveries are stored as, with its keys. */
    public static Map<String, List<String>> kinds() {
        return Map.of(Delivery.KIND, List.of("event"));
    }

    @Override
    public int arrange(Transaction tx, ObjectNode event) {
        var type = Json.need(event, "type");
        int count = 0;
        for (Endpoint endpoint : endpoints(tx.work())) {
            if (endpoint.wants(type)) {
                var delivery = Delivery.of(event, endpoint, realTime.millis());
                tx.work().put(Delivery.KIND, delivery.id(), delivery.node());
                submit(delivery); // It starts by reading the store, so it waits for this transaction's end.
                count++;
            }
        }
        return count;
    }

    /** Only called inside a work, so one thread at a time. */
    private List<Endpoint> endpoints(Work work) {
        long revision = work.revision(WebhookEndpoints.TYPE.name());
        if (revision != endpointsRevision) {
            endpoints = work.all(WebhookEndpoints.TYPE.name()).stream()
                    .map(Endpoint::of)
                    .toList();
            endpointsRevision = revision;
        }
        return endpoints;
    }

    /** Takes up what was not delivered when the sandbox last stopped. */
    public void resume() {
        var waiting = store.run(
                work -> work.all(Delivery.KIND).stream().map(Delivery::read).toList());
        waiting.reversed().forEach(delivery -> schedule(delivery, delivery.dueMillis() - realTime.millis()));
    }

    /** Sends what was held, in its order. */
    public void release() {
        var waiting = new ArrayList<Delivery>();
        for (var delivery = held.poll(); delivery != null; delivery = held.poll()) {
            waiting.add(delivery);
        }
        waiting.forEach(this::submit);
    }

    private void submit(Delivery delivery) {
        if (troubles.isShuffled()) {
            schedule(delivery, ThreadLocalRandom.current().nextInt(1, SHUFFLE_MILLIS));
        } else {
            enqueue(delivery);
        }
    }

    private void schedule(Delivery delivery, long delayMillis) {
        if (delayMillis <= 0) {
            enqueue(delivery);
            return;
        }
        try {
            timer.schedule(() -> enqueue(delivery), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "Stopping: {0} is delivered after the next start", delivery.id());
        }
    }

    private void enqueue(Delivery delivery) {
        var lane = lanes.computeIfAbsent(
                delivery.endpoint() + "/" + delivery.lane(),
                _ -> Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
        try {
            lane.execute(() -> attempt(delivery.id()));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "Stopping: {0} is delivered after the next start", delivery.id());
        }
    }

    private void attempt(String id) {
        try {
            var attempt = store.run(work -> prepare(work, id));
            if (attempt.isPresent() && !holds(attempt.get().delivery())) {
                make(attempt.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Delivery " + id + " stopped; it is tried again after the next start",
                    e);
        }
    }

    private boolean holds(Delivery delivery) {
        return troubles.isHeld() && held.add(delivery);
    }

    private void make(Attempt attempt) throws InterruptedException {
        if (troubles.takeDrop()) {
            store.run(work -> forget(work, attempt.delivery()));
            return;
        }
        if (troubles.takeDuplicate()) {
            sender.send(attempt.endpoint(), attempt.body());
        }
        if (sender.send(attempt.endpoint(), attempt.body())) {
            store.run(work -> delivered(work, attempt.delivery()));
        } else {
            retry(attempt.delivery());
        }
    }

    /** Empty when there is nothing to deliver any more: rolled back, endpoint deleted or disabled. */
    private Optional<Attempt> prepare(Work work, String id) {
        var node = work.get(Delivery.KIND, id);
        if (node == null) {
            return Optional.empty();
        }
        var delivery = Delivery.read(node);
        var endpoint = work.get(WebhookEndpoints.TYPE.name(), delivery.endpoint());
        var event = work.get(EventLog.TYPE.name(), delivery.event());
        if (endpoint == null || event == null || !Endpoint.of(endpoint).enabled()) {
            forget(work, delivery);
            return Optional.empty();
        }
        return Optional.of(new Attempt(delivery, Endpoint.of(endpoint), Json.text(Rendering.served(event))));
    }

    private static boolean forget(Work work, Delivery delivery) {
        work.remove(Delivery.KIND, delivery.id());
        return true;
    }

    private static boolean delivered(Work work, Delivery delivery) {
        work.remove(Delivery.KIND, delivery.id());
        var event = work.get(EventLog.TYPE.name(), delivery.event());
        if (event != null) {
            event.put("pending_webhooks", Math.max(0, Json.number(event, "pending_webhooks", 1) - 1));
            work.put(EventLog.TYPE.name(), delivery.event(), event);
        }
        return true;
    }

    private void retry(Delivery delivery) {
        var wait = schedule.afterFailures(delivery.failures() + 1);
        if (wait.isEmpty()) {
            store.run(work -> forget(work, delivery));
            return;
        }
        var next = delivery.failedAgain(realTime.millis() + wait.get().toMillis());
        store.run(work -> {
            work.put(Delivery.KIND, next.id(), next.node());
            return next;
        });
        schedule(next, wait.get().toMillis());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        lanes.values().forEach(ExecutorService::shutdownNow);
        sender.close();
    }
}
