package io.drawdown.wallet.usage;

/**
 * The identity of a usage event within its account.
 *
 * @param source who reported it
 * @param id the report's id within its source
 */
public record UsageName(String source, String id) {

    boolean is(String otherSource, String otherId) {
        return id.equals(otherId) && source.equals(otherSource);
    }
}
