package io.drawdown.reporting.util;

/** Has a package name that says nothing, and state that belongs to no one. */
public final class Counter {

    static int count;

    private Counter() {}
}
