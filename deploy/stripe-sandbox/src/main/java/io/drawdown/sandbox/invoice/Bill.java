package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** The subscription's items that have a line. */
    List<ObjectNode> billedItems() {
        var billed = Stream.concat(lines.stream(), metered.stream())
                .map(line -> Json.string(line, "parent.subscription_item_details.subscription_item"))
                .collect(Collectors.toSet());
        return Json.list(subscription, "items.data")
                .valueStream()
                .map(ObjectNode.class::cast)
                .filter(item -> billed.contains(Json.need(item, "id")))
                .toList();
    }
}
