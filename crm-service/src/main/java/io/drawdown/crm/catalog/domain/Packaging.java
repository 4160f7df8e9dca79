package io.drawdown.crm.catalog.domain;

/**
 * How a quantity becomes a number of packages, each of which costs the unit amount.
 *
 * @param size units in a package; positive
 * @param roundUp whether a package that is begun counts whole, or not at all
 */
public record Packaging(long size, boolean roundUp) {}
