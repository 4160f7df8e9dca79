package io.drawdown.local.process;

/** Something the person at the terminal can put right; the message names the cause and the remedy. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PlatformException(String message) {
        super(message);
    }

    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
