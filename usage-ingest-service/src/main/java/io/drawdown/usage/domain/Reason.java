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
    /** A correction of what was never accepted, or of what is forgotten by now. */
    UNKNOWN_USAGE("unknown-usage"),
    /** A correction of what is void. */
    VOIDED_ALREADY("voided-already"),
    /** A correction that would replace what can only be voided. */
    NOT_REPLACEABLE("not-replaceable"),
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
