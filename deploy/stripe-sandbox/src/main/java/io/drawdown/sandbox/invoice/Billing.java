package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes invoices for subscriptions. */
public final class Billing {

    private static final int DAY = 24 * 3600;

    private final Drafts drafts;

    public Billing(Drafts drafts) {
        this.drafts = drafts;
    }

    /** A draft of the bill and of what is pending for the subscription or its customer; says {@code invoice.created}. */
    public ObjectNode draft(Transaction tx, Bill bill) {
        var items = pending(tx, bill.subscription());
        var invoice = compose(tx, bill, items);
        Invoices.schedule(invoice);
        tx.create(Invoices.TYPE, invoice, "invoice.created");
        InvoiceItems.take(tx, items, bill.id());
        return invoice;
    }

    /**
     * What the draft would be; nothing is stored.
     *
     * @param at when it would be made
     */
    public ObjectNode preview(Transaction tx, Bill bill, long at) {
        var invoice = compose(tx, bill, pending(tx, bill.subscription()));
        return tx.template()
                .complete(
                        Invoices.TYPE.name(),
                        invoice.put("created", at)
                                .put("next_payment_attempt", at + 3600)
                                .put("test_clock", tx.moment().clock()));
    }

    private ObjectNode compose(Transaction tx, Bill bill, List<ObjectNode> items) {
        var subscription = bill.subscription();
        var customer = tx.require(Customers.TYPE, Json.need(subscription, "customer"), "customer");
        var invoice = Invoices.blank(tx, customer, Json.need(subscription, "currency"));
        writeHead(tx, invoice, bill);
        addLines(tx, invoice, bill);
        tx.template().complete(Invoices.TYPE.name(), invoice);
        drafts.fill(tx, invoice, items);
        return invoice;
    }

    /** The items that the next invoice of the subscription takes in, oldest first. */
    public static List<ObjectNode> pending(Transaction tx, ObjectNode subscription) {
        var id = Json.need(subscription, "id");
        return InvoiceItems.pending(tx, Json.need(subscription, "customer")).stream()
                .filter(item -> Json.need(item, "currency").equals(Json.need(subscription, "currency")))
                .filter(item -> {
                    var owner = Json.string(item, "parent.subscription_details.subscription");
                    return owner == null || owner.equals(id);
                })
                .toList();
    }

    private static void writeHead(Transaction tx, ObjectNode invoice, Bill bill) {
        var subscription = bill.subscription();
        invoice.put("id", bill.id())
                .put("auto_advance", bill.advances())
                .put("billing_reason", bill.reason())
                .put("collection_method", Json.need(subscription, "collection_method"))
                .put("description", Json.string(subscription, "invoice_settings.description"))
                .put("footer", Json.string(subscription, "invoice_settings.footer"))
                .put("period_start", bill.start())
                .put("period_end", bill.end())
                .put("_subscription", Json.need(subscription, "id"));
        Json.child(invoice, "lines").put("url", "/v1/invoices/" + bill.id() + "/lines");
        var details = invoice.putObject("parent")
                .put("type", "subscription_details")
                .putNull("quote_details")
                .putObject("subscription_details")
                .put("subscription", Json.need(subscription, "id"));
        details.set("metadata", subscription.path("metadata").deepCopy());
        if ("send_invoice".equals(Json.string(subscription, "collection_method"))) {
            invoice.put("due_date", tx.now() + Json.number(subscription, "days_until_due", 0) * DAY);
        }
    }

    private static void addLines(Transaction tx, ObjectNode invoice, Bill bill) {
        var lines = Drafts.lines(invoice);
        var metered = invoice.putArray("_metered");
        bill.lines().forEach(line -> lines.add(line.put("invoice", bill.id())));
        bill.metered().forEach(line -> {
            MeteredLines.count(tx, Json.need(invoice, "customer"), line);
            lines.add(line.put("invoice", bill.id()));
            metered.add(Json.need(line, "id"));
        });
    }
}
