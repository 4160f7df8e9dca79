package io.drawdown.billing.arrears;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
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
import java.util.stream.Stream;

/**
 * What one wallet event leaves of one meter in one hour, or takes back of it; or one usage event of it, where these must not be
 * added up.
 *
 * @param quantity less than nothing where more is taken back
 * @param usageEvents less those that are taken back
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
                single.add(line(left, usage, false, line(i)));
            }
        }
        single.addAll(sums.values());
        return single;
    }

    private static LeftLine line(UsageLeftToArrears left, LeftUsage usage, boolean summed, String part) {
        return line(
                usage.getMeterId(),
                new BigDecimal(usage.getQuantity()),
                usage.getOccurredAt(),
                summed,
                1,
                cause(left.getWalletId(), left.getSequence(), usage.getMeterId(), part));
    }

    /** The usage that a correction replaces, as a line of its own: its cause. */
    static String causeBefore(ArrearsAdjusted adjusted) {
        return cause(
                adjusted.getWalletId(),
                adjusted.getBeforeSequence(),
                adjusted.getMeterId(),
                line(adjusted.getBeforeLine()));
    }

    /** What counts after a correction, as a line of its own. */
    static LeftLine after(ArrearsAdjusted adjusted, LeftMeasure after) {
        return line(adjusted, after, false, 1, line(0));
    }

    /** What a correction changes: what counted is taken back, and what counts is added, together where the hour is the same. */
    static List<LeftLine> difference(ArrearsAdjusted adjusted, boolean summed) {
        var back = line(adjusted, adjusted.getBefore(), summed, -1, "back");
        var after = adjusted.getAfter();
        if (after == null) {
            return List.of(back);
        }
        var again = line(adjusted, after, summed, 1, "again");
        return Stream.of(back, again).allMatch(line -> line.summed && line.hour.equals(back.hour))
                ? Stream.of(again.plus(back))
                        .filter(line -> line.quantity.signum() != 0)
                        .toList()
                : List.of(back, again);
    }

    private static LeftLine line(
            ArrearsAdjusted adjusted, LeftMeasure measure, boolean summed, int usageEvents, String part) {
        return line(
                adjusted.getMeterId(),
                new BigDecimal(measure.getQuantity()).multiply(BigDecimal.valueOf(usageEvents)),
                measure.getOccurredAt(),
                summed,
                usageEvents,
                cause(adjusted.getWalletId(), adjusted.getSequence(), adjusted.getMeterId(), part));
    }

    private static LeftLine line(
            String meterId, BigDecimal quantity, Instant occurredAt, boolean summed, long usageEvents, String cause) {
        var hour = occurredAt.truncatedTo(ChronoUnit.HOURS);
        return new LeftLine(meterId, hour, occurredAt, summed, quantity, usageEvents, cause);
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

    private static String line(int place) {
        return "line " + place;
    }

    private static String cause(String walletId, long sequence, String meterId, String part) {
        return hash(walletId + "\n" + sequence + "\n" + meterId + "\n" + part);
    }

    /** The cause of a meter event that takes another one back. */
    static String causeOfTakingBack(String cause) {
        return hash(cause + "\nback");
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
