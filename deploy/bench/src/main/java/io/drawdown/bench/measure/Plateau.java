package io.drawdown.bench.measure;

/**
 * Tells when something has become as fast as it gets. A Java program is compiled while it runs, and on a slow or a busy machine
 * that takes minutes: a fixed warm-up would measure the compiler of whoever has more code. One window that is slow says nothing: others
 * use the machine, too.
 */
public final class Plateau {

    /** Into how many windows the shortest warm-up is divided. */
    static final int WINDOWS_A_WARM_UP = 3;

    private static final double FASTER = 1.05;
    private static final int WINDOWS_MAX = 18;
    private static final int WINDOWS_IN_VAIN = 3;

    private long best;
    private int windows;
    private int inVain;

    /** Takes the speed over one more window; true when three in a row were no faster than the best before, or after very many. */
    public boolean isReached(long perSecond) {
        inVain = perSecond > best * FASTER ? 0 : inVain + 1;
        best = Math.max(best, perSecond);
        return ++windows >= WINDOWS_MAX || inVain >= WINDOWS_IN_VAIN;
    }
}
