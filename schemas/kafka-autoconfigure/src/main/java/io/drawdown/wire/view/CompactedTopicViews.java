package io.drawdown.wire.view;

import io.drawdown.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.springframework.context.SmartLifecycle;

/**
 * Opens views of compacted topics.
 *
 * <p>Open them where the service is put together, in a bean method for instance:
 *
 * <pre>{@code
 * @Bean
 * CompactedTopicView<Account> accounts(CompactedTopicViews views) {
 *     return views.open(Topic.CRM_ACCOUNTS, Account.class);
 * }
 * }</pre>
 *
 * <p>They are then read to the end before listeners start. A view that is opened later begins to read at once and says
 * itself when it has caught up.
 */
public final class CompactedTopicViews implements SmartLifecycle {

    /** Before listener containers, which start 100 before the end, and before the web server takes requests. */
    static final int PHASE = 0;

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Supplier<Deserializer<?>> deserializers;
    private final Duration catchUpTimeout;
    private final Map<Key, OpenView<?>> open = new HashMap<>();
    private volatile boolean running;

    /**
     * @param consumers consumers without a group; each is closed by the view that asked for it
     * @param deserializers of the records' values
     * @param catchUpTimeout after which {@link #start} gives up
     */
    public CompactedTopicViews(
            Supplier<Consumer<String, byte[]>> consumers,
            Supplier<Deserializer<?>> deserializers,
            Duration catchUpTimeout) {
        this.consumers = consumers;
        this.deserializers = deserializers;
        this.catchUpTimeout = catchUpTimeout;
    }

    /**
     * The view of the records of one type on a topic; the same topic and type give the same view.
     *
     * @throws IllegalArgumentException when the topic is not compacted or does not carry the type
     */
    public synchronized <V extends SpecificRecord> CompactedTopicView<V> open(Topic topic, Class<V> type) {
        if (!(topic.retention() instanceof Topic.Retention.Compacted)) {
            throw new IllegalArgumentException(
                    topic.topicName() + " is not compacted: a view of it would grow for ever");
        }
        if (!topic.records().contains(type)) {
            throw new IllegalArgumentException(
                    topic.topicName() + " does not carry " + type.getName() + ", only " + topic.records());
        }
        var view = open.computeIfAbsent(new Key(topic, type), key -> create(topic, type));
        @SuppressWarnings("unchecked") // The key holds the type.
        var contents = (ViewContents<V>) view.contents;
        return contents;
    }

    private <V extends SpecificRecord> OpenView<V> create(Topic topic, Class<V> type) {
        var contents = new ViewContents<>(topic.topicName(), type);
        var reader = new ViewReader(topic.topicName(), contents, consumers, deserializers.get());
        var view = new OpenView<>(contents, reader, new ArrayList<>());
        if (running) {
            view.begin();
        }
        return view;
    }

    /**
     * Reads all open views to the end.
     *
     * @throws IllegalStateException when that takes longer than the configured time, naming what is missing
     */
    @Override
    public void start() {
        var views = beginAll();
        long deadline = System.nanoTime() + catchUpTimeout.toNanos();
        while (!views.stream().allMatch(view -> view.contents.isCaughtUp())) {
            if (System.nanoTime() > deadline) {
                stop();
                throw new IllegalStateException(tooSlow(views));
            }
            pause();
        }
    }

    private synchronized List<OpenView<?>> beginAll() {
        running = true;
        var views = List.copyOf(open.values());
        views.forEach(OpenView::begin);
        return views;
    }

    private String tooSlow(List<OpenView<?>> views) {
        var missing = views.stream()
                .filter(view -> !view.contents.isCaughtUp())
                .map(view -> view.reader.topic() + " (" + view.contents.size() + " keys so far, "
                        + (view.reader.trouble() == null ? "still reading" : view.reader.trouble()) + ")")
                .toList();
        return "Not read to the end within " + catchUpTimeout + ": " + missing
                + ". Check that the broker and the schema"
                + " registry can be reached and that the topics exist, or raise drawdown.kafka.views.catch-up-timeout";
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while views were read", e);
        }
    }

    @Override
    public void stop() {
        List<OpenView<?>> views;
        synchronized (this) {
            running = false;
            views = List.copyOf(open.values());
        }
        views.forEach(view -> view.reader.stop());
        views.forEach(OpenView::join);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** How each view stands, for health and metrics. */
    public synchronized List<Status> status() {
        return open.values().stream().map(OpenView::status).toList();
    }

    /**
     * How a view stands.
     *
     * @param topic its topic
     * @param type simple name of its record type
     * @param caughtUp as {@link CompactedTopicView#isCaughtUp}
     * @param size number of keys
     * @param lag records not read yet
     * @param alive whether it is still being read
     * @param unreadable keys whose last record cannot be decoded; the view shows an older one of them or none
     * @param trouble what hinders reading now; empty while nothing does
     */
    public record Status(
            String topic,
            String type,
            boolean caughtUp,
            int size,
            long lag,
            boolean alive,
            List<Unreadable> unreadable,
            String trouble) {

        public Status {
            unreadable = List.copyOf(unreadable);
        }
    }

    private record Key(Topic topic, Class<?> type) {}

    private record OpenView<V extends SpecificRecord>(
            ViewContents<V> contents, ViewReader reader, List<Thread> threads) {

        private void begin() {
            if (threads.isEmpty()) {
                threads.add(Thread.ofPlatform()
                        .daemon()
                        .name("view-" + reader.topic())
                        .start(reader));
            }
        }

        private void join() {
            try {
                for (var thread : threads) {
                    thread.join(Duration.ofSeconds(5));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Status status() {
            var trouble = reader.trouble();
            return new Status(
                    reader.topic(),
                    contents.type(),
                    contents.isCaughtUp(),
                    contents.size(),
                    reader.lag(),
                    threads.stream().allMatch(Thread::isAlive),
                    contents.unreadable(),
                    trouble == null ? "" : trouble);
        }
    }
}
