package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.mirror.MirroredObjects.Locked;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.wire.outbox.Outbox;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Refreshes objects: the one path by which Stripe's state comes to be published. */
@Component
class Mirror {

    private static final Logger log = LoggerFactory.getLogger(Mirror.class);
    private static final int CANDIDATES = 16;

    /** One turn of so many goes to what has waited longest, whatever is urgent: so nothing waits for ever. */
    private static final int TURNS = 4;

    private final RefreshRequests requests;
    private final MirroredObjects objects;
    private final Map<ObjectKind, ObjectReader> readers = new EnumMap<>(ObjectKind.class);
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final BackOff backOff;
    private final Clock clock;
    private final AtomicInteger turns = new AtomicInteger();

    Mirror(
            RefreshRequests requests,
            MirroredObjects objects,
            List<ObjectReader> readers,
            Outbox outbox,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            SyncProperties properties,
            Clock clock) {
        this.requests = requests;
        this.objects = objects;
        this.outbox = outbox;
        this.transaction = transaction;
        this.events = events;
        this.backOff = properties.backOff();
        this.clock = clock;
        readers.forEach(reader -> this.readers.put(reader.kind(), reader));
    }

    /** Refreshes one object that is due and that nobody else is refreshing; mostly an urgent one, if there is any. */
    boolean refreshNext() {
        var now = clock.instant();
        return isForUrgent(turns.getAndIncrement()) && refreshOneOf(requests.urgent(now, CANDIDATES))
                || refreshOneOf(requests.due(now, CANDIDATES));
    }

    private static boolean isForUrgent(int turn) {
        return turn % TURNS != 0;
    }

    private boolean refreshOneOf(List<ObjectRef> candidates) {
        return candidates.stream().anyMatch(this::refresh);
    }

    private boolean refresh(ObjectRef object) {
        objects.ensureRow(object);
        try {
            var done = transaction.execute(_ -> refreshIfFree(object));
            if (Boolean.TRUE.equals(done)) {
                events.publishEvent(new ObjectRefreshed(object));
            }
            return Boolean.TRUE.equals(done);
        } catch (RuntimeException e) {
            log.warn("{} could not be refreshed and stays as it was last published.", object, e);
            postpone(object, e);
            return true;
        }
    }

    private boolean refreshIfFree(ObjectRef object) {
        var locked = objects.lock(object);
        if (locked.isEmpty()) {
            return false;
        }
        var served = requests.dueFor(object, clock.instant());
        if (!served.isEmpty()) {
            observe(object, locked.get());
            requests.remove(served);
        }
        return !served.isEmpty();
    }

    private void observe(ObjectRef object, Locked locked) {
        var reader = readerOf(object);
        reader.read(object.id(), lastContent(locked).orElse(null))
                .ifPresentOrElse(
                        seen -> publishIfNew(object, seen, locked, false),
                        () -> lastWords(reader, locked).ifPresent(seen -> publishIfNew(object, seen, locked, true)));
    }

    private ObjectReader readerOf(ObjectRef object) {
        var reader = readers.get(object.kind());
        if (reader == null) {
            throw new IllegalStateException("Nothing reads objects of kind " + object.kind() + ".");
        }
        return reader;
    }

    private static Optional<Observation> lastWords(ObjectReader reader, Locked locked) {
        return lastContent(locked).flatMap(reader::readGone);
    }

    private static Optional<ByteBuffer> lastContent(Locked locked) {
        return Optional.ofNullable(locked.content()).map(ByteBuffer::wrap);
    }

    private void publishIfNew(ObjectRef object, Observation seen, Locked locked, boolean gone) {
        var content = Content.encode(seen);
        var seenAt = locked.nextSeenAt(clock.instant());
        objects.store(object, seen, content, gone, seenAt);
        if (!Arrays.equals(content, locked.content())) {
            outbox.append(seen.topic(), object.id(), seen.rendering().apply(seenAt));
        }
    }

    private void postpone(ObjectRef object, RuntimeException cause) {
        transaction.executeWithoutResult(_ -> {
            var now = clock.instant();
            var failed = requests.dueFor(object, now);
            var delay = backOff.after(requests.attempts(failed) + 1);
            requests.postpone(failed, now, delay, describe(cause));
        });
    }

    private static String describe(RuntimeException cause) {
        return cause instanceof StripeFailure ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
