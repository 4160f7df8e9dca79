package io.drawdown.billing.arrears;

import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.UsageLeftToArrears;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one wallet event leaves of one meter in one hour; or one usage event of it, where these must not be added up.
 *
 * @param cause says which wallet event and what of it: the same whenever that event is read
 */
record LeftLine(
        String meterId,
        Instant hour,
        Instant occurredAt,
        boolean summed,
        BigDecimal quantity,
        long usageEvents,
        String cause) {

    /** @param mayBeSummed whether a meter's total is the sum of its values, by meter */
    static List<LeftLine> of(UsageLeftToArrears left, Predicate<String> mayBeSummed) {
        var sums = new LinkedHashMap<List<Object>, LeftLine>();
        var single = new ArrayList<LeftLine>();
        for (var i = 0; i < left.getLines().size(); i++) {
            var usage = left.getLines().get(i);
            if (mayBeSummed.test(usage.getMeterId())) {
                var hour = usage.getOccurredAt().truncatedTo(ChronoUnit.HOURS);
                sums.merge(List.of(usage.getMeterId(), hour), line(left, usage, true, hour.toString()), LeftLine::plus);
            } else {
                single.add(line(left, usage, false, "line " + i));
            }
        }
        single.addAll(sums.values());
        return single;
    }

    private static LeftLine line(UsageLeftToArrears left, LeftUsage usage, boolean summed, String part) {
        return new LeftLine(
                usage.getMeterId(),
                usage.getOccurredAt().truncatedTo(ChronoUnit.HOURS),
                usage.getOccurredAt(),
                summed,
                new BigDecimal(usage.getQuantity()),
                1,
                hash(left.getWalletId() + "\n" + left.getSequence() + "\n" + usage.getMeterId() + "\n" + part));
    }

    private LeftLine plus(LeftLine other) {
        return new LeftLine(
                meterId,
                hour,
                occurredAt.isBefore(other.occurredAt) ? other.occurredAt : occurredAt,
                summed,
                quantity.add(other.quantity),
                usageEvents + other.usageEvents,
                cause);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "dd-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
