package io.drawdown.sandbox.invoice;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a subscription has to be paid for at once.
 *
 * @param id of the invoice it becomes
 * @param subscription whose it is
 * @param reason {@code billing_reason}
 * @param start of the time that the invoice is about; seconds
 * @param end of it
 * @param lines in advance, with their amounts
 * @param metered lines whose amounts are still to be counted
 * @param advances whether the sandbox moves the invoice on by itself
 */
public record Bill(
        String id,
        ObjectNode subscription,
        String reason,
        long start,
        long end,
        List<ObjectNode> lines,
        List<ObjectNode> metered,
        boolean advances) {

    public Bill {
        lines = List.copyOf(lines);
        metered = List.copyOf(metered);
    }
}
