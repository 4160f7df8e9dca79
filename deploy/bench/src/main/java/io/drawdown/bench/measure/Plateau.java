package io.drawdown.bench.measure;

import java.util.function.DoubleSupplier;

/**
 * Tells when something has become as fast as it gets. A Java program is compiled while it runs, and on a slow or a busy machine
 * that takes minutes: a fixed warm-up would measure the compiler of whoever has more code. One window that is slow says nothing: others
 * use the machine, too.
 */
public final class Plateau {

    /** Into how many windows the shortest warm-up is divided. */
    public static final int WINDOWS_A_WARM_UP = 3;

    private static final double FASTER = 1.05;
    private static final double COMPILING = 0.1;
    private static final int WINDOWS_MAX = 36;
    private static final int WINDOWS_IN_VAIN = 3;

    private final DoubleSupplier compilers;
    private long best;
    private int windows;
    private int inVain;

    /** For programs on this machine. */
    public Plateau() {
        this(new Compilers());
    }

    /** @param compilers how much of a core the compilers took since it was asked last */
    Plateau(DoubleSupplier compilers) {
        this.compilers = compilers;
    }

    /**
     * Takes the speed over one more window; true when three in a row were no faster than the best before and the compilers have next to
     * nothing to do, or after very many.
     */
    public boolean isReached(long perSecond) {
        boolean compiling = compilers.getAsDouble() > COMPILING;
        inVain = perSecond > best * FASTER ? 0 : inVain + 1;
        best = Math.max(best, perSecond);
        return ++windows >= WINDOWS_MAX || (inVain >= WINDOWS_IN_VAIN && !compiling);
    }
}
