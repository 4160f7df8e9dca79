package io.drawdown.wallet.domain;

/** What every identifier here must be: the stored columns hold 255 characters. */
final class Ids {

    private static final int MAX_LENGTH = 250;

    private Ids() {}

    static void requireText(String value, String what) {
        requireText(value, what, MAX_LENGTH);
    }

    static void requireText(String value, String what, int maxLength) {
        if (value.isBlank() || value.length() > maxLength) {
            throw new IllegalArgumentException(
                    "The " + what + " must have 1 to " + maxLength + " characters and not be blank");
        }
    }
}
