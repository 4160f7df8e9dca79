package io.drawdown.reporting.stream;

import io.drawdown.reporting.report.LiveView;
import io.drawdown.reporting.report.LiveViews;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the reports once a second while somebody watches, for all watchers together.
 *
 * <p>On a large database a reading takes longer; the pause then grows with it, so that watching keeps one connection busy
 * for a fifth of the time at most.
 */
@Component
class LiveStream implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_PER_READING = 4;
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final LiveViews reports;
    private final Flux<LiveView> views;
    private final Sinks.Empty<Void> end = Sinks.empty();
    private volatile boolean running;

    LiveStream(LiveViews reports) {
        this.reports = reports;
        this.views = Flux.defer(this::readThenPause)
                .repeat()
                .takeUntilOther(end.asMono())
                .replay(1)
                .refCount(1, LINGER);
    }

    /** The reports as they stand now, and then again and again; a slow watcher misses some, never the newest. Ends with the service. */
    Flux<LiveView> views() {
        return views.onBackpressureLatest();
    }

    @Override
    public void start() {
        running = true;
    }

    /** In the first phase of a shutdown, or the web server would wait in vain for the watchers to leave. */
    @Override
    public void stop() {
        end.tryEmitEmpty();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private Flux<LiveView> readThenPause() {
        return Mono.fromCallable(reports::read)
                .subscribeOn(Schedulers.boundedElastic())
                .elapsed()
                .flatMapMany(timed -> Flux.just(timed.getT2()).concatWith(pauseAfter(timed.getT1())))
                .onErrorResume(LiveStream::pauseAfter);
    }

    private static Mono<LiveView> pauseAfter(long readingMillis) {
        var grown = Duration.ofMillis(readingMillis * PAUSE_PER_READING);
        return Mono.delay(grown.compareTo(SHORTEST_PAUSE) > 0 ? grown : SHORTEST_PAUSE)
                .then(Mono.empty());
    }

    private static Mono<LiveView> pauseAfter(Throwable failure) {
        LOG.warn("The reports could not be read for the page and will be again: {}", failure.toString());
        return Mono.delay(SHORTEST_PAUSE).then(Mono.empty());
    }
}
