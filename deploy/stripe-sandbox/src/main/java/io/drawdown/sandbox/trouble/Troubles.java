package io.drawdown.sandbox.trouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The troubles that wait for a request, each for so many. */
public final class Troubles {

    private static final class Waiting {

        private final Trouble trouble;
        private int left;

        private Waiting(Trouble trouble, int left) {
            this.trouble = trouble;
            this.left = left;
        }
    }

    /**
     * A trouble and for how many requests it still waits.
     *
     * @param left at least one
     */
    public record Pending(Trouble trouble, int left) {}

    private final List<Waiting> waiting = new ArrayList<>();

    /** Arranges it for the next so many matching requests. */
    public synchronized void add(Trouble trouble, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is at least 1, not " + count);
        }
        waiting.add(new Waiting(trouble, count));
    }

    /** The first that concerns the request, which uses it up once. */
    public synchronized Optional<Trouble> take(String method, String path) {
        for (Waiting next : waiting) {
            if (next.trouble.concerns(method, path)) {
                if (--next.left == 0) {
                    waiting.remove(next);
                }
                return Optional.of(next.trouble);
            }
        }
        return Optional.empty();
    }

    public synchronized List<Pending> pending() {
        return waiting.stream()
                .map(next -> new Pending(next.trouble, next.left))
                .toList();
    }

    public synchronized void clear() {
        waiting.clear();
    }
}
