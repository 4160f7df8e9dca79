package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.store.Work;
import io.drawdown.sandbox.v2.ThinEvents;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Arranges deliveries with their events, makes them, and tries failed ones again. */
public final class Deliveries implements EventLog.Recipients, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
    private static final int SHUFFLE_MILLIS = 400;

    private record Ready(Delivery delivery, Endpoint endpoint, String body) {}

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

    public Deliveries(
            Store store, InstantSource realTime, int timeScale, WebhookSettings settings, WebhookTroubles troubles) {
        this.store = store;
        this.realTime = realTime;
        this.schedule = new RetrySchedule(settings.retries(), timeScale);
        this.troubles = troubles;
        this.sender = new Sender(realTime, settings.timeout());
    }

    /** The kinds that deliveries are stored as, with their keys. */
    public static Map<String, List<String>> kinds() {
        return DeliveryLog.kinds();
    }

    @Override
    public int arrange(Transaction tx, ObjectNode event) {
        var work = tx.work().platform(); // Endpoints and deliveries are the platform's, for all accounts.
        var wanting = endpoints(work).stream()
                .filter(endpoint -> endpoint.wants(event))
                .toList();
        wanting.forEach(endpoint -> start(work, Delivery.of(event, endpoint, realTime.millis())));
        return wanting.size();
    }

    private void start(Work work, Delivery delivery) {
        DeliveryLog.put(work, delivery);
        submit(delivery); // It starts by reading the store, so it waits for this transaction's end.
    }

    /** Only called inside a work, so one thread at a time. */
    private List<Endpoint> endpoints(Work work) {
        long revision = Endpoints.revision(work);
        if (revision != endpointsRevision) {
            endpoints = Endpoints.all(work);
            endpointsRevision = revision;
        }
        return endpoints;
    }

    /**
     * Sends an event again, with its id, whether it was received or not.
     *
     * @param endpointId null for every endpoint that listens to it
     * @return how many deliveries are under way because of this
     * @throws ApiException when there is no such event or endpoint
     */
    int resend(String eventId, @Nullable String endpointId) {
        return store.run(work -> {
            var event = eventOf(work, eventId);
            if (event == null) {
                throw ApiException.noSuch("event", eventId, null);
            }
            var receivers = endpointId == null
                    ? endpoints(work).stream().filter(one -> one.wants(event)).toList()
                    : List.of(Endpoint.of(Endpoints.require(work, endpointId)));
            receivers.forEach(endpoint -> {
                var delivery = Delivery.of(event, endpoint, realTime.millis());
                if (DeliveryLog.find(work, delivery.id()) == null) {
                    DeliveryLog.countPending(work, eventId, 1);
                }
                start(work, delivery);
            });
            return receivers.size();
        });
    }

    private static @Nullable ObjectNode eventOf(Work work, String id) {
        var home = work.holding(EventLog.TYPE.name(), id);
        return home == null ? work.get(ThinEvents.TYPE.name(), id) : home.get(EventLog.TYPE.name(), id);
    }

    /** Takes up what was not delivered when the sandbox last stopped. */
    public void resume() {
        store.run(DeliveryLog::waiting)
                .forEach(delivery -> schedule(delivery, delivery.dueMillis() - realTime.millis()));
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
        int shuffled = troubles.isShuffled() ? ThreadLocalRandom.current().nextInt(1, SHUFFLE_MILLIS) : 0;
        schedule(delivery, troubles.delayMillis() + shuffled);
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
            var ready = store.run(work -> prepare(work, id));
            if (ready.isPresent() && !holds(ready.get().delivery())) {
                make(ready.get());
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

    private void make(Ready ready) throws InterruptedException {
        if (troubles.takeDrop()) {
            end(ready.delivery(), DeliveryLog.End.DROPPED);
            return;
        }
        if (troubles.takeDuplicate()) {
            sender.send(ready.endpoint(), ready.body(), troubles.skewSeconds());
        }
        var attempt = sender.send(ready.endpoint(), ready.body(), troubles.skewSeconds());
        var tried = ready.delivery().tried(attempt);
        if (attempt.succeeded()) {
            end(tried, DeliveryLog.End.SUCCEEDED);
        } else {
            retry(tried);
        }
    }

    /** Empty when there is nothing to deliver any more: rolled back, endpoint deleted or disabled. */
    private static Optional<Ready> prepare(Work work, String id) {
        var delivery = DeliveryLog.find(work, id);
        if (delivery == null) {
            return Optional.empty();
        }
        var endpoint = Endpoints.find(work, delivery.endpoint());
        var event = eventOf(work, delivery.event());
        if (endpoint == null || event == null || !Endpoint.of(endpoint).enabled()) {
            DeliveryLog.end(work, delivery, DeliveryLog.End.DROPPED);
            return Optional.empty();
        }
        var receiver = Endpoint.of(endpoint);
        return Optional.of(new Ready(delivery, receiver, body(event, receiver)));
    }

    private static String body(ObjectNode event, Endpoint receiver) {
        boolean thin = ThinEvents.TYPE.name().equals(Json.string(event, "object"));
        return Json.text(
                thin ? ThinEvents.notification(event) : receiver.release().renderEvent(Rendering.served(event)));
    }

    private void end(Delivery delivery, DeliveryLog.End end) {
        store.run(work -> {
            DeliveryLog.end(work, delivery, end);
            return end;
        });
    }

    private void retry(Delivery tried) {
        var wait = schedule.afterFailures(tried.attempts().size());
        if (wait.isEmpty()) {
            end(tried, DeliveryLog.End.FAILED);
            return;
        }
        var next = tried.dueAt(realTime.millis() + wait.get().toMillis());
        store.run(work -> {
            DeliveryLog.put(work, next);
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
