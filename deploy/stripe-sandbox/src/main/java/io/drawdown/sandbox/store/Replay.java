package io.drawdown.sandbox.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path file;
    private final long size;
    private final BlockingQueue<List<Change>> decoded = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final FutureTask<Long> decoding = new FutureTask<>(this::decode);

    Replay(Path file, long size) {
        this.file = file;
        this.size = size;
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
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            return decode(in);
        } finally {
            decoded.put(List.of());
        }
    }

    private long decode(DataInputStream in) throws IOException, InterruptedException {
        long good = 0;
        var records = new Records();
        var batch = new ArrayList<Change>();
        for (var record = Records.next(in, size); record != null; record = Records.next(in, size - good)) {
            batch.addAll(records.decode(record));
            good += record.length + (long) Records.HEAD;
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
