package io.drawdown.wallet.domain;

/** What every identifier here must be: the stored columns hold 255 characters. */
final class Ids {

    private static final int MAX_LENGTH = 200;

    private Ids() {}

    static void requireText(String value, String what) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The " + what + " must have 1 to " + MAX_LENGTH + " characters and not be blank");
        }
    }
}
