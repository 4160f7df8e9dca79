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

    /** Random letters and digits. */
    public static String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
