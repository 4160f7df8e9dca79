package io.drawdown.crm.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * Makes ids such as {@code acct_019a2f3c4d5e8f6a7b8c9d0e1f2a3b4c}: a prefix that says of what, the time in
 * milliseconds, and 80 random bits.
 *
 * <p>The time stands first so that ids of one kind sort by age, to the millisecond.
 */
@Component
public class Ids {

    private static final int RANDOM_BYTES = 10;
    private static final int TIME_HEX_DIGITS = 12;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    Ids(Clock clock) {
        this.clock = clock;
    }

    /** A new id that nobody else has, beginning with the prefix and an underscore. */
    public String next(String prefix) {
        var tail = new byte[RANDOM_BYTES];
        random.nextBytes(tail);
        var hex = HexFormat.of();
        return prefix + "_" + hex.toHexDigits(clock.millis(), TIME_HEX_DIGITS) + hex.formatHex(tail);
    }
}
