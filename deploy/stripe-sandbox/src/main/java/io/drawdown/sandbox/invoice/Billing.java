package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.credit.CreditApplication;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Makes invoices for subscriptions. */
public final class Billing {

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private final Drafts drafts;

    public Billing(Drafts drafts) {
        this.drafts = drafts;
    }

    /** A draft of the bill and of what is pending for the subscription or its customer; says {@code invoice.created}. */
    public ObjectNode draft(Transaction tx, Bill bill) {
        var items = pending(tx, bill.subscription());
        var invoice = compose(tx, bill, items);
        Invoices.schedule(invoice);
        tx.create(Invoices.TYPE, invoice, null);
        tx.save(Invoices.TYPE, invoice.put("_createdEvent", tx.emit("invoice.created", invoice)));
        InvoiceItems.take(tx, items, bill.id());
        useDiscounts(tx, bill);
        return invoice;
    }

    /**
     * What the draft would be; nothing is stored.
     *
     * @param at when it would be made
     */
    public ObjectNode preview(Transaction tx, Bill bill, long at) {
        var invoice = compose(tx, bill, pending(tx, bill.subscription()));
        Totals.write(tx, invoice.put("created", at), CreditApplication.PREVIEW);
        invoice.put("next_payment_attempt", at + HOUR)
                .put("test_clock", tx.moment().clock());
        return tx.template().complete(Invoices.TYPE.name(), invoice);
    }

    private ObjectNode compose(Transaction tx, Bill bill, List<ObjectNode> items) {
        var subscription = bill.subscription();
        var customer = tx.require(Customers.TYPE, Json.need(subscription, "customer"), "customer");
        var invoice = Invoices.blank(tx, customer, Json.need(subscription, "currency"));
        writeHead(tx, invoice, bill);
        Terms.inherit(tx, customer, invoice);
        inheritTerms(subscription, invoice);
        addLines(tx, invoice, bill);
        tx.template().complete(Invoices.TYPE.name(), invoice);
        drafts.fill(tx, invoice, items);
        if ("subscription_threshold".equals(bill.reason())) {
            ThresholdReason.write(invoice, subscription);
        }
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

    /** Discounts and taxes that hold for the whole invoice. */
    private static void inheritTerms(ObjectNode subscription, ObjectNode invoice) {
        for (String field : List.of("discounts", "default_tax_rates")) {
            invoice.set(field, Json.list(subscription, field).deepCopy());
        }
        boolean taxed = Json.flag(subscription, "automatic_tax.enabled");
        var automatic = invoice.putObject("automatic_tax").put("enabled", taxed);
        automatic.set("liability", taxed ? Json.object().put("type", "self") : Json.none());
        automatic.putNull("disabled_reason").putNull("provider").putNull("status");
    }

    /** What is for one invoice only is used up by this one, where this one has something to do with it. */
    private static void useDiscounts(Transaction tx, Bill bill) {
        var owners = new ArrayList<>(bill.billedItems());
        owners.addFirst(bill.subscription());
        owners.removeIf(owner -> Json.list(owner, "discounts").isEmpty());
        owners.forEach(owner -> owner.set("discounts", Discounts.afterInvoice(tx, owner.get("discounts"))));
        if (!owners.isEmpty()) {
            store(tx, bill.subscription(), owners);
        }
    }

    /** Only the discounts: the subscription that is billed need not be stored as it is. */
    private static void store(Transaction tx, ObjectNode subscription, List<ObjectNode> owners) {
        var stored = tx.work().get("subscription", Json.need(subscription, "id"));
        if (stored == null) {
            return;
        }
        var items = Json.list(stored, "items.data");
        for (ObjectNode owner : owners) {
            Stream.concat(Stream.of(stored), items.valueStream())
                    .filter(each -> each.path("id").equals(owner.path("id")))
                    .forEach(each -> ((ObjectNode) each)
                            .set("discounts", owner.get("discounts").deepCopy()));
        }
        tx.work().put("subscription", Json.need(stored, "id"), stored);
        items.forEach(item -> tx.work().put("subscription_item", Json.need(item, "id"), (ObjectNode) item.deepCopy()));
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
