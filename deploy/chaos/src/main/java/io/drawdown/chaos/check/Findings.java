package io.drawdown.chaos.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found wrong in one wallet's history, and the event that is being looked at. */
final class Findings {

    private final List<String> violations = new ArrayList<>();
    private @Nullable Header last;

    /** Goes on to the next event, which must follow the one before. */
    void follow(Header header) {
        var before = last;
        last = header;
        if (header.sequence() != (before == null ? 0 : before.sequence() + 1)) {
            violate("does not follow " + before);
        }
        if (before != null && header.recordedAt().isBefore(before.recordedAt())) {
            violate("is earlier than the one before it");
        }
    }

    /** The event is against a rule, in words that go on from its name. */
    void violate(String words) {
        violations.add(last + " " + words);
    }

    void expect(String what, BigDecimal expected, String said) {
        if (!Amounts.equal(expected, new BigDecimal(said))) {
            violate("says that " + what + " is " + said + ", which is " + expected);
        }
    }

    void expect(String what, @Nullable Object expected, @Nullable Object said) {
        if (expected == null ? said != null : !expected.equals(said)) {
            violate("says that " + what + " is " + said + ", which is " + expected);
        }
    }

    /** The history makes no sense from here on. */
    IllegalStateException senseless(String words) {
        return new IllegalStateException(last + " " + words);
    }

    void breakOff(IllegalStateException senseless) {
        violations.add(String.valueOf(senseless.getMessage()));
    }

    Instant at() {
        return last == null ? Instant.EPOCH : last.recordedAt();
    }

    String walletId() {
        return last == null ? "" : last.walletId();
    }

    long sequence() {
        return last == null ? -1 : last.sequence();
    }

    List<String> violations() {
        return violations;
    }
}
