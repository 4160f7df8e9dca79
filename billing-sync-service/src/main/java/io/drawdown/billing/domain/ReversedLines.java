package io.drawdown.billing.domain;

import io.drawdown.billing.domain.ReversalSnapshot.Share;
import java.util.List;
import java.util.stream.Stream;

/** How what a reversal has taken back spreads over the lines of the invoice. */
public final class ReversedLines {

    private ReversedLines() {}

    /**
     * What is taken back of each line of the invoice, in their order: as Stripe says where it does, else in proportion to
     * what was paid for each, with the tax as one more part that is no line.
     *
     * @return empty where the amounts cannot be compared, being of different currencies
     */
    public static List<Share> of(ReversalSnapshot reversal, InvoiceSnapshot invoice) {
        if (!reversal.amount().currency().equals(invoice.total().currency())) {
            return List.of();
        }
        var taken = MinorUnit.toMinorUnits(reversal.takenBack());
        var weights = reversal.shares().isEmpty() ? ofPrices(invoice) : ofShares(reversal, invoice);
        var shares = Apportionment.of(taken, weights);
        return Stream.iterate(0, index -> index < invoice.lines().size(), index -> index + 1)
                .map(index -> new Share(
                        invoice.lines().get(index).lineId(),
                        MinorUnit.toMajor(shares.get(index), invoice.total().currency())))
                .toList();
    }

    private static List<Long> ofPrices(InvoiceSnapshot invoice) {
        var paid = invoice.lines().stream()
                .map(line -> Math.max(0, MinorUnit.toMinorUnits(line.amount())))
                .toList();
        return withRest(paid, MinorUnit.toMinorUnits(invoice.total()));
    }

    private static List<Long> ofShares(ReversalSnapshot reversal, InvoiceSnapshot invoice) {
        var said = invoice.lines().stream()
                .map(line -> saidOf(line.lineId(), reversal.shares()))
                .toList();
        return withRest(said, MinorUnit.toMinorUnits(reversal.amount()));
    }

    private static long saidOf(String lineId, List<Share> shares) {
        return shares.stream()
                .filter(share -> share.lineId().equals(lineId))
                .mapToLong(share -> Math.max(0, MinorUnit.toMinorUnits(share.amount())))
                .sum();
    }

    /** What the total has beyond the lines is tax. */
    private static List<Long> withRest(List<Long> lines, long total) {
        var rest = total - lines.stream().mapToLong(Long::longValue).sum();
        return Stream.concat(lines.stream(), Stream.of(Math.max(0, rest))).toList();
    }
}
