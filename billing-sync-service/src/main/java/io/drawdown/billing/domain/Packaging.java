package io.drawdown.billing.domain;

/**
 * How a quantity becomes a number of packages.
 *
 * @param size units in a package
 * @param roundUp whether a package that is begun counts whole, or not at all
 */
public record Packaging(long size, boolean roundUp) {}
