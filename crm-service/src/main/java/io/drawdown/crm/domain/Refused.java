package io.drawdown.crm.domain;

/**
 * A rule of the domain forbids what was asked for in the present state. Nothing has changed.
 *
 * <p>Asking again is of no use before the state has changed; the message says what would have to.
 */
public final class Refused extends RuntimeException {

    private final String code;

    /**
     * @param code names the rule, in lower case with dashes, such as {@code lead-not-qualified}
     * @param message the cause and the remedy, for people
     */
    public Refused(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
