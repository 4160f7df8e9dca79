package io.drawdown.sandbox.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Reads a journal from its beginning: one thread checks and decodes records, the caller's takes in what they say. An empty
 * batch is the end.
 */
final class Replay {

    private static final int BATCH = 200;
    private static final int BATCHES_AHEAD = 16;

    private final Records records;
    private final BlockingQueue<List<Change>> decoded = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final FutureTask<Long> decoding = new FutureTask<>(this::decode);

    /** Takes a journal. */
    Replay(MemorySegment file) {
        records = new Records(file);
    }

    /** Returns how many bytes are whole records. */
    long feed(Consumer<Change> reader) throws IOException {
        Thread.ofPlatform().daemon().name("journal").start(decoding);
        try {
            for (var batch = decoded.take(); !batch.isEmpty(); batch = decoded.take()) {
                batch.forEach(reader);
            }
            return decoding.get();
        } catch (ExecutionException e) {
            throw new IOException("The journal cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the journal was read", e);
        } finally {
            decoding.cancel(true);
            decoded.clear(); // Room for the end that the other thread still puts there.
        }
    }

    private Long decode() throws IOException, InterruptedException {
        try {
            return decodeAll();
        } finally {
            decoded.put(List.of());
        }
    }

    private long decodeAll() throws IOException, InterruptedException {
        long good = 0;
        var batch = new ArrayList<Change>();
        for (int length = records.lengthAt(0); length >= 0; length = records.lengthAt(good)) {
            batch.addAll(records.decode(good, length));
            good += length + (long) Records.HEAD;
            if (batch.size() >= BATCH) {
                decoded.put(batch);
                batch = new ArrayList<>();
            }
        }
        if (!batch.isEmpty()) {
            decoded.put(batch);
        }
        return good;
    }
}
