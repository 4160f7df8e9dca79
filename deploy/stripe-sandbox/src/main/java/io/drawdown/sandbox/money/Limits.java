package io.drawdown.sandbox.money;

import java.util.Map;

/** The least and the most of amounts, in minor units. */
public final class Limits {

    /** What a unit or a line of an invoice comes to at most: twelve digits. */
    public static final long MAXIMUM_AMOUNT = 999_999_999_999L;

    /** What a card can be charged at most: eight digits. */
    public static final long MAXIMUM_CHARGE = 99_999_999;

    private static final long USUAL_MINIMUM = 50;
    private static final Map<String, Long> MINIMUMS = Map.ofEntries(
            Map.entry("aed", 200L),
            Map.entry("bgn", 100L),
            Map.entry("czk", 1500L),
            Map.entry("dkk", 250L),
            Map.entry("gbp", 30L),
            Map.entry("hkd", 400L),
            Map.entry("huf", 17500L),
            Map.entry("jpy", 50L),
            Map.entry("mxn", 1000L),
            Map.entry("myr", 200L),
            Map.entry("nok", 300L),
            Map.entry("pln", 200L),
            Map.entry("ron", 200L),
            Map.entry("sek", 300L),
            Map.entry("thb", 1000L));

    private Limits() {}

    /** The least charge in a currency, lower case. */
    public static long minimumCharge(String currency) {
        return MINIMUMS.getOrDefault(currency, USUAL_MINIMUM);
    }
}
