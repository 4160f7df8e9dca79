package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.SubList;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentMethods;
import io.drawdown.sandbox.store.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, delete and list invoices, and their lines. */
public final class Invoices {

    public static final ResourceType TYPE = new ResourceType(
            "invoice",
            "in",
            "/v1/invoices",
            "invoice",
            "created",
            "customer",
            "status",
            "collection_method",
            "due_date",
            "number",
            "_subscription");

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final Set<String> HANDLED = Set.of(
            "customer",
            "currency",
            "pending_invoice_items_behavior",
            "days_until_due",
            "auto_advance",
            "default_payment_method",
            "automatically_finalizes_at");
    private static final Set<String> REFUSED = Set.of(
            "application_fee_amount",
            "default_source",
            "from_invoice",
            "issuer",
            "on_behalf_of",
            "shipping_cost",
            "subscription",
            "transfer_data");
    /** What may change after finalization. */
    private static final Set<String> ALWAYS_EDITABLE =
            Set.of("metadata", "auto_advance", "default_payment_method", "expand", "days_until_due", "due_date");

    private final Fields fields;
    private final Drafts drafts;

    public Invoices(Fields fields, Drafts drafts) {
        this.fields = fields;
        this.drafts = drafts;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoices", this::create)
                .on("GET /v1/invoices", Invoices::list)
                .on("GET /v1/invoices/{invoice}", Reading.retrieve(TYPE))
                .on("POST /v1/invoices/{invoice}", this::update)
                .on("DELETE /v1/invoices/{invoice}", Invoices::delete)
                .on("GET /v1/invoices/{invoice}/lines", Invoices::lines);
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var customer = Customers.named(call);
        var items = "include".equals(call.text("pending_invoice_items_behavior"))
                ? InvoiceItems.pending(tx, Json.need(customer, "id"))
                : List.<ObjectNode>of();
        var invoice = blank(tx, customer, currency(call, customer, items));
        var taken = items.stream()
                .filter(item -> Json.need(item, "currency").equals(Json.need(invoice, "currency")))
                .toList();
        Terms.inherit(tx, customer, invoice);
        writeParams(call, invoice);
        tx.template().complete(TYPE.name(), invoice);
        drafts.fill(tx, invoice, taken);
        schedule(invoice);
        tx.create(TYPE, invoice, "invoice.created");
        InvoiceItems.take(tx, taken, Json.need(invoice, "id"));
        return invoice;
    }

    private void writeParams(Call call, ObjectNode invoice) {
        var handled = new HashSet<>(HANDLED);
        handled.addAll(Terms.OF_INVOICE);
        fields.take(call, TYPE, invoice, handled, REFUSED);
        writeCollection(call, invoice);
        Terms.writeInvoice(call, invoice);
        refuseTakenNumber(call, invoice);
    }

    private static void refuseTakenNumber(Call call, ObjectNode invoice) {
        var number = call.text("number");
        boolean taken = number != null
                && call.tx().work().all(TYPE.name(), Condition.is("number", number)).stream()
                        .anyMatch(other -> !Json.need(other, "id").equals(Json.need(invoice, "id")));
        if (taken) {
            throw ApiException.invalid(null, "An invoice with that number exists already: " + number, "number");
        }
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, Set.of("subscription"));
        var subscription = call.text("subscription");
        if (subscription != null) {
            conditions.add(Condition.is("_subscription", subscription));
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private static String currency(Call call, ObjectNode customer, List<ObjectNode> items) {
        var given = call.text("currency");
        if (given != null) {
            return given.toLowerCase(Locale.ROOT);
        }
        var usual = Json.string(customer, "currency");
        if (usual != null) {
            return usual;
        }
        return items.isEmpty() ? "usd" : Json.need(items.getFirst(), "currency");
    }

    static ObjectNode blank(Transaction tx, ObjectNode customer, String currency) {
        var id = io.drawdown.sandbox.engine.Ids.next(TYPE.prefix());
        var invoice = Json.object()
                .put("id", id)
                .put("object", TYPE.name())
                .put("account_country", "US")
                .put("account_name", "Stripe sandbox")
                .put("amount_paid_off_stripe", 0)
                .put("auto_advance", false)
                .put("billing_reason", "manual")
                .put("collection_method", "charge_automatically")
                .put("created", tx.now())
                .put("currency", currency)
                .put("customer", Json.need(customer, "id"))
                .put("period_start", tx.now())
                .put("period_end", tx.now())
                .put("status", "draft");
        for (String field : new String[] {"address", "email", "name", "phone", "shipping", "tax_exempt"}) {
            invoice.set(
                    "customer_" + field,
                    customer.path(field).isMissingNode()
                            ? Json.none()
                            : customer.get(field).deepCopy());
        }
        for (String field : new String[] {
            "customer_tax_ids",
            "default_tax_rates",
            "discounts",
            "total_discount_amounts",
            "total_pretax_credit_amounts",
            "total_taxes"
        }) {
            invoice.putArray(field);
        }
        invoice.putObject("issuer").put("type", "self");
        invoice.putObject("metadata");
        var lines = invoice.putObject("lines").put("object", "list");
        lines.putArray("data");
        lines.put("has_more", false).put("url", "/v1/invoices/" + id + "/lines");
        return invoice.putNull("hosted_invoice_url").putNull("invoice_pdf");
    }

    private static void writeCollection(Call call, ObjectNode invoice) {
        if (call.params().has("auto_advance")) {
            invoice.put("auto_advance", Json.flag(call.params(), "auto_advance"));
        }
        var method = call.text("default_payment_method");
        if (method != null) {
            var owner = Json.need(invoice, "customer");
            invoice.put(
                    "default_payment_method",
                    Json.need(PaymentMethods.payable(call.tx(), method, owner, "default_payment_method"), "id"));
        } else if (call.params().has("default_payment_method")) {
            invoice.putNull("default_payment_method");
        }
        long finalizeAt = Json.number(call.params(), "automatically_finalizes_at", 0);
        if (finalizeAt > 0) {
            invoice.put("automatically_finalizes_at", finalizeAt);
        }
        writeDueDate(call, invoice);
    }

    private static void writeDueDate(Call call, ObjectNode invoice) {
        boolean sends = "send_invoice".equals(Json.string(invoice, "collection_method"));
        var days = call.text("days_until_due");
        boolean hasDueDate = Json.string(invoice, "due_date") != null;
        if (!sends && (days != null || hasDueDate)) {
            throw ApiException.invalid(
                    null,
                    "You may only specify days_until_due or due_date with collection_method=send_invoice.",
                    "days_until_due");
        }
        if (sends && days == null && !hasDueDate) {
            throw ApiException.invalid(
                    null,
                    "You must specify either days_until_due or due_date when collection_method is send_invoice.",
                    "days_until_due");
        }
        if (days != null) {
            invoice.put("due_date", Json.number(invoice, "created", 0) + Long.parseLong(days) * DAY);
        }
    }

    /** Sets when the sandbox itself will move the invoice on; never, without {@code auto_advance}. */
    static void schedule(ObjectNode invoice) {
        boolean draft = "draft".equals(Json.string(invoice, "status"));
        boolean advances = Json.flag(invoice, "auto_advance");
        if (!draft || !advances) {
            invoice.putNull("automatically_finalizes_at");
        } else if (Json.at(invoice, "automatically_finalizes_at") == null) {
            invoice.put("automatically_finalizes_at", Json.number(invoice, "created", 0) + HOUR);
        }
        long at = Json.at(invoice, "last_finalization_error") == null ? nextStep(invoice, draft) : 0;
        if (at > 0) {
            Agenda.plan(invoice, at);
        } else {
            Agenda.cancel(invoice);
        }
    }

    /** When a draft is finalized, an open one is collected, or one that was sent is overdue; 0 for never. */
    private static long nextStep(ObjectNode invoice, boolean draft) {
        boolean sent = "open".equals(Json.string(invoice, "status"))
                && "send_invoice".equals(Json.string(invoice, "collection_method"));
        if (sent) {
            long due = Json.number(invoice, "due_date", 0);
            return due == Json.number(invoice, "_overdueSaidFor", 0) ? 0 : due;
        }
        return Json.number(invoice, draft ? "automatically_finalizes_at" : "next_payment_attempt", 0);
    }

    /** Stores a change of an invoice and says {@code invoice.updated}. */
    static void saveChanged(Transaction tx, ObjectNode before, ObjectNode invoice) {
        schedule(invoice);
        tx.saveChanged(TYPE, before, invoice, "invoice.updated");
    }

    /** Leaves the unpaid invoices of a subscription as they are: nothing more happens to them by itself. */
    public static void stopAdvancing(Transaction tx, String subscription) {
        for (ObjectNode invoice : tx.work().all(TYPE.name(), Condition.is("_subscription", subscription))) {
            if (Json.flag(invoice, "auto_advance")) {
                var before = invoice.deepCopy();
                saveChanged(tx, before, invoice.put("auto_advance", false).putNull("next_payment_attempt"));
            }
        }
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        if (!"draft".equals(Json.string(before, "status"))) {
            call.params().propertyNames().stream()
                    .filter(param -> !ALWAYS_EDITABLE.contains(param))
                    .forEach(param -> refuseFinal(param));
        }
        var invoice = before.deepCopy();
        writeParams(call, invoice);
        if ("draft".equals(Json.string(invoice, "status"))) {
            invoice.putNull("last_finalization_error");
            Totals.write(call.tx(), invoice);
        }
        planCollection(call.tx(), before, invoice);
        saveChanged(call.tx(), before, invoice);
        return invoice;
    }

    /** An open invoice that is to advance from now on is tried in an hour; one that is not, never by itself. */
    private static void planCollection(Transaction tx, ObjectNode before, ObjectNode invoice) {
        boolean advances = Json.flag(invoice, "auto_advance");
        if (!"open".equals(Json.string(invoice, "status")) || advances == Json.flag(before, "auto_advance")) {
            return;
        }
        if (advances && "charge_automatically".equals(Json.string(invoice, "collection_method"))) {
            invoice.put("next_payment_attempt", tx.now() + HOUR);
        } else {
            invoice.putNull("next_payment_attempt");
        }
    }

    private static void refuseFinal(String param) {
        throw ApiException.invalid(
                "invoice_not_editable",
                "Finalized invoices can't be updated in this way: " + param + " is fixed.",
                param);
    }

    private static ObjectNode delete(Call call) {
        var tx = call.tx();
        tx.require(TYPE, call.id(), null);
        var invoice = Drafts.requireDraft(tx, call.id(), "invoice");
        refuseSubscriptions(invoice);
        for (ObjectNode item : tx.work().all(InvoiceItems.TYPE.name(), Condition.is("invoice", call.id()))) {
            release(tx, item);
        }
        tx.work().remove(TYPE.name(), call.id());
        tx.emit("invoice.deleted", invoice);
        return Json.object().put("id", call.id()).put("object", TYPE.name()).put("deleted", true);
    }

    private static void refuseSubscriptions(ObjectNode invoice) {
        if (Json.string(invoice, "_subscription") != null) {
            throw ApiException.invalid(
                    null,
                    "You can't delete invoices created by subscriptions. Finalize this one and void it instead.",
                    "invoice");
        }
    }

    /** An item that was pending before is pending again; one made for this invoice goes with it. */
    private static void release(Transaction tx, ObjectNode item) {
        if (Json.flag(item, "_wasPending")) {
            tx.save(InvoiceItems.TYPE, item.putNull("invoice").put("_pending", true));
        } else {
            tx.work().remove(InvoiceItems.TYPE.name(), Json.need(item, "id"));
            tx.emit("invoiceitem.deleted", item);
        }
    }

    private static ObjectNode lines(Call call) {
        var invoice = call.tx().require(TYPE, call.id(), null);
        return SubList.page(call, Drafts.lines(invoice), "line_item", "/v1/invoices/" + call.id() + "/lines");
    }
}
