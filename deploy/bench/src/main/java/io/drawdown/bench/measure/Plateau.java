package io.drawdown.bench.measure;

/**
 * Tells when something has become as fast as it gets. A Java program is compiled while it runs, and on a slow or a busy machine
 * that takes minutes: a fixed warm-up would measure the compiler of whoever has more code.
 */
public final class Plateau {

    private static final double FASTER = 1.05;
    private static final int WINDOWS_MAX = 18;

    private long best;
    private int windows;

    /** Takes the speed over one more window; true when it is no faster than those before, or after very many. */
    public boolean isReached(long perSecond) {
        boolean isFaster = perSecond > best * FASTER;
        best = Math.max(best, perSecond);
        return ++windows >= WINDOWS_MAX || !isFaster;
    }
}
