package io.drawdown.usage.intake;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.BaseSubscriber;

/**
 * A body as it comes from the network, for one thread, which waits no longer than the caller may keep it waiting.
 *
 * <p>A timer between the network's buffers, as Netty's and Reactor's are, would also run while nobody reads, and end the
 * callers whom we hold back ourselves. This one runs while a reader waits, and costs nothing where a buffer is there.
 */
final class ReceivedBody extends InputStream {

    /** Buffers of the network that may wait to be read. */
    private static final int BUFFERS_AHEAD = 4;

    /** Buffers for which the network is asked at one time: each question is a task for the thread of the connection. */
    private static final int BUFFERS_ASKED = 3;

    private final Arrivals arrivals = new Arrivals();
    private final BodyWait wait;
    private long nanosLeft;
    private long pauseNanosLeft;
    private @Nullable DataBuffer buffer;
    private @Nullable End end;
    private int taken;

    ReceivedBody(Publisher<DataBuffer> body, BodyWait wait) {
        this.wait = wait;
        this.nanosLeft = wait.inAllMax().toNanos();
        endPause();
        body.subscribe(arrivals);
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Says that what came is worth something: the next pause is another one. */
    void endPause() {
        pauseNanosLeft = wait.pauseMax().toNanos();
    }

    /**
     * Reads what is there, and waits where nothing is.
     *
     * @throws UnreadableRequest 408 when nothing came for too long; 400 when the body breaks off: whatever breaks it off, the
     *     caller did, be it a chunk that is none or a connection that is gone
     * @throws IntakeUnavailable when the service stops meanwhile
     */
    @Override
    public int read(byte[] to, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        var from = current();
        if (from == null) {
            return -1;
        }
        int read = Math.min(length, from.readableByteCount());
        from.read(to, offset, read);
        return read;
    }

    /** @return the buffer to be read from; null at the end */
    private @Nullable DataBuffer current() {
        while (end == null && (buffer == null || buffer.readableByteCount() == 0)) {
            releaseBuffer();
            take(next());
        }
        if (end != null && end.cause() != null) {
            throw UnreadableRequest.broken("The body breaks off: " + end.cause().getMessage());
        }
        return buffer;
    }

    private void take(Arrival arrival) {
        switch (arrival) {
            case Bytes(var bytes) -> {
                buffer = bytes;
                askForMore();
            }
            case End last -> end = last;
        }
    }

    private void askForMore() {
        taken++;
        if (taken == BUFFERS_ASKED) {
            taken = 0;
            arrivals.request(BUFFERS_ASKED);
        }
    }

    private Arrival next() {
        var here = arrivals.queue.poll();
        return here == null ? awaited() : here;
    }

    private Arrival awaited() {
        long from = System.nanoTime();
        var arrival = await(Math.min(nanosLeft, pauseNanosLeft));
        long waited = System.nanoTime() - from;
        nanosLeft -= waited;
        pauseNanosLeft -= waited;
        if (arrival == null) {
            throw tooSlow();
        }
        return arrival;
    }

    private @Nullable Arrival await(long nanos) {
        try {
            return arrivals.queue.poll(nanos, NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IntakeUnavailable.stopping(e);
        }
    }

    private UnreadableRequest tooSlow() {
        return new UnreadableRequest(
                HttpStatus.REQUEST_TIMEOUT,
                "body-too-slow",
                (nanosLeft > 0
                                ? "Nothing of the body that can be read came for "
                                        + wait.pauseMax().toMillis() + " ms"
                                : "The body has not come to its end after "
                                        + wait.inAllMax().toMillis() + " ms of waiting")
                        + ", so it is read no further. Nothing of it was stored: send it again, in one go, or smaller bodies.");
    }

    /** The network is asked for nothing more. */
    @Override
    public void close() {
        arrivals.refuse();
        releaseBuffer();
        if (end == null) {
            end = new End(null);
        }
    }

    private void releaseBuffer() {
        DataBufferUtils.release(buffer);
        buffer = null;
    }

    /** What the network has to tell. */
    private sealed interface Arrival {}

    private record Bytes(DataBuffer bytes) implements Arrival {}

    /** @param cause why it is none of the body; null at that */
    private record End(@Nullable Throwable cause) implements Arrival {}

    /** What has come and is not read yet; it is told so on the connection's thread. */
    private static final class Arrivals extends BaseSubscriber<DataBuffer> {

        private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
        private volatile boolean isRefusing;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(BUFFERS_AHEAD);
        }

        @Override
        protected void hookOnNext(DataBuffer bytes) {
            queue.add(new Bytes(bytes));
            if (isRefusing) {
                releaseAll();
            }
        }

        @Override
        protected void hookOnComplete() {
            queue.add(new End(null));
        }

        @Override
        protected void hookOnError(Throwable cause) {
            queue.add(new End(cause));
        }

        private void refuse() {
            isRefusing = true;
            cancel();
            releaseAll();
        }

        private void releaseAll() {
            for (var arrival = queue.poll(); arrival != null; arrival = queue.poll()) {
                if (arrival instanceof Bytes(var bytes)) {
                    DataBufferUtils.release(bytes);
                }
            }
        }
    }
}
