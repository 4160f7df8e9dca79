package io.drawdown.usage.domain;

/** Why an event is refused. The code is part of the public contract; codes are added, never renamed. */
public enum Reason {
    MALFORMED("malformed"),
    UNKNOWN_ACCOUNT("unknown-account"),
    UNKNOWN_METER("unknown-meter"),
    CLOSED_ACCOUNT("closed-account"),
    MISSING_VALUE("missing-value"),
    INVALID_VALUE("invalid-value"),
    VALUE_OUT_OF_RANGE("value-out-of-range"),
    TOO_OLD("too-old"),
    TOO_FAR_AHEAD("too-far-ahead"),
    WRONG_KEY("wrong-key"),
    /** The API key that sent it may not say that. */
    NOT_PERMITTED("not-permitted"),
    /** The cause of an earlier refusal has gone while the gate restarted; the record of that refusal may be lost. */
    REFUSED_BEFORE("refused-before");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The machine-readable form, such as {@code unknown-account}. */
    public String code() {
        return code;
    }
}
