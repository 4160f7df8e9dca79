package io.drawdown.sandbox.engine;

import java.security.SecureRandom;

/** Random ids in Stripe's form. */
public final class Ids {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** For example {@code cus_Qx3…}. */
    public static String next(String prefix) {
        return prefix + "_" + text(24);
    }

    /** Random letters and digits: 24 of them are some 140 bits, which not all letters being equally likely hardly lowers. */
    public static String text(int length) {
        var random = new byte[length];
        RANDOM.nextBytes(random); // All at once: asking for each letter takes many times longer.
        var text = new StringBuilder(length);
        for (byte each : random) {
            text.append(ALPHABET.charAt(Byte.toUnsignedInt(each) % ALPHABET.length()));
        }
        return text.toString();
    }
}
