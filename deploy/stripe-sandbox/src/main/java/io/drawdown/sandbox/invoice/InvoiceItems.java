package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Invoice items: pending until an invoice takes them in, or bound to a draft from the start. */
public final class InvoiceItems {

    public static final ResourceType TYPE = new ResourceType(
            "invoiceitem", "ii", "/v1/invoiceitems", "invoiceitem", "date", "customer", "invoice", "_pending");

    private static final Set<String> HANDLED = Set.of(
            "customer",
            "amount",
            "currency",
            "invoice",
            "pricing",
            "price_data",
            "quantity",
            "quantity_decimal",
            "subscription",
            "unit_amount_decimal");

    private final Fields fields;
    private final Drafts drafts;
    private final Prices prices;

    public InvoiceItems(Fields fields, Drafts drafts, Prices prices) {
        this.fields = fields;
        this.drafts = drafts;
        this.prices = prices;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoiceitems", this::create)
                .on("GET /v1/invoiceitems", InvoiceItems::list)
                .on("GET /v1/invoiceitems/{invoiceitem}", Reading.retrieve(TYPE))
                .on("POST /v1/invoiceitems/{invoiceitem}", this::update)
                .on("DELETE /v1/invoiceitems/{invoiceitem}", this::delete);
    }

    private ObjectNode create(Call call) {
        var invoiceId = call.text("invoice");
        var invoice = invoiceId == null ? null : Drafts.requireDraft(call.tx(), invoiceId, "invoice");
        var item = make(call, invoice);
        if (invoice != null) {
            drafts.bind(call.tx(), invoice, List.of(item));
        }
        return item;
    }

    /** Creates an item that waits for an invoice. */
    public ObjectNode pending(Call call) {
        return make(call, null);
    }

    /** Creates an item, which the invoice is still to take in. */
    ObjectNode make(Call call, @Nullable ObjectNode invoice) {
        var tx = call.tx();
        var customer = customer(call, invoice);
        var invoiceId = invoice == null ? null : Json.need(invoice, "id");
        priceInline(call);
        var item = Json.object()
                .put("id", Ids.next(TYPE.prefix()))
                .put("customer", customer)
                .put("invoice", invoiceId)
                .put("date", tx.now());
        item.put("_pending", invoice == null).put("discountable", true);
        item.putObject("period").put("start", tx.now()).put("end", tx.now());
        item.putObject("metadata");
        item.putArray("discounts");
        item.putArray("tax_rates");
        writeSubscription(call, item);
        ItemAmount.write(call, item, invoice);
        writeRest(call, item);
        return tx.create(TYPE, item, "invoiceitem.created");
    }

    /** An item of a subscription waits for that one's next invoice. */
    private static void writeSubscription(Call call, ObjectNode item) {
        var id = call.text("subscription");
        if (id == null) {
            return;
        }
        var subscription = call.tx().work().get("subscription", id);
        if (subscription == null || !Json.need(item, "customer").equals(Json.string(subscription, "customer"))) {
            throw ApiException.noSuch("subscription", id, "subscription");
        }
        item.putObject("parent")
                .put("type", "subscription_details")
                .putObject("subscription_details")
                .put("subscription", id);
    }

    /** What {@code price_data} describes becomes a price, and the call asks for that. */
    private void priceInline(Call call) {
        if (Json.at(call.params(), "price_data") instanceof ObjectNode data) {
            if (call.params().has("pricing")) {
                throw ApiException.exclusive("pricing", "price_data");
            }
            call.params().remove("price_data");
            call.params().putObject("pricing").put("price", Json.need(prices.inline(call, data), "id"));
        }
    }

    /** What has been discounted on the item alone is its net amount: other discounts may still follow. */
    private void writeRest(Call call, ObjectNode item) {
        var handled = new HashSet<>(HANDLED);
        handled.addAll(Terms.OF_ITEM);
        fields.take(call, TYPE, item, handled, Set.of());
        Terms.writeItem(call, item);
        if (Json.flag(item, "discountable")) {
            item.remove("net_amount");
        } else {
            item.put("net_amount", Json.number(item, "amount", 0));
        }
    }

    private static String customer(Call call, @Nullable ObjectNode invoice) {
        if (invoice == null) {
            return Json.need(Customers.named(call), "id");
        }
        var owner = Json.need(invoice, "customer");
        if (call.params().has("customer") && !owner.equals(Json.need(Customers.named(call), "id"))) {
            throw ApiException.invalid(null, "That invoice belongs to another customer: " + owner + ".", "invoice");
        }
        return owner;
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, Set.of("pending"));
        var pending = call.text("pending");
        if (pending != null) {
            conditions.add(Condition.is("_pending", pending));
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private ObjectNode update(Call call) {
        var item = call.tx().require(TYPE, call.id(), null);
        var invoice = editableInvoice(call.tx(), item);
        change(call, item, invoice);
        if (invoice != null) {
            drafts.rewrite(call.tx(), invoice, item);
        }
        return item;
    }

    /** Changes and stores an item, whose invoice is still to follow. */
    void change(Call call, ObjectNode item, @Nullable ObjectNode invoice) {
        priceInline(call);
        if (ItemAmount.concerns(call.params())) {
            ItemAmount.write(call, item, invoice);
        }
        writeRest(call, item);
        call.tx().save(TYPE, item);
    }

    private ObjectNode delete(Call call) {
        var item = call.tx().require(TYPE, call.id(), null);
        var invoice = editableInvoice(call.tx(), item);
        call.tx().work().remove(TYPE.name(), call.id());
        call.tx().emit("invoiceitem.deleted", item);
        if (invoice != null) {
            drafts.unbind(call.tx(), invoice, call.id());
        }
        return Json.object().put("id", call.id()).put("object", TYPE.name()).put("deleted", true);
    }

    private static @Nullable ObjectNode editableInvoice(Transaction tx, ObjectNode item) {
        var invoice = Json.string(item, "invoice");
        return invoice == null ? null : Drafts.requireDraft(tx, invoice, "invoiceitem");
    }

    /** Binds items that were pending to the invoice that has taken them in. */
    static void take(Transaction tx, List<ObjectNode> items, String invoice) {
        items.forEach(item -> tx.save(
                TYPE, item.put("invoice", invoice).put("_pending", false).put("_wasPending", true)));
    }

    /** The customer's items that no invoice has yet, oldest first. */
    static List<ObjectNode> pending(Transaction tx, String customer) {
        return tx.work()
                .all(TYPE.name(), Condition.is("customer", customer), Condition.is("_pending", "true"))
                .reversed();
    }
}
