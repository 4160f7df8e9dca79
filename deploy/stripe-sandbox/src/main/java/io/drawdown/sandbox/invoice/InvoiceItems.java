package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
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
            "quantity",
            "quantity_decimal",
            "unit_amount_decimal");
    private static final Set<String> REFUSED = Set.of("subscription", "price_data");

    private final Fields fields;
    private final Drafts drafts;

    public InvoiceItems(Fields fields, Drafts drafts) {
        this.fields = fields;
        this.drafts = drafts;
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
        var tx = call.tx();
        var invoiceId = call.text("invoice");
        var invoice = invoiceId == null ? null : Drafts.requireDraft(tx, invoiceId, "invoice");
        var customer = customer(call, invoice);
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
        ItemAmount.write(call, item, invoice);
        writeRest(call, item);
        tx.create(TYPE, item, "invoiceitem.created");
        if (invoice != null) {
            drafts.bind(tx, invoice, List.of(item));
        }
        return item;
    }

    /** What has been discounted on the item alone is its net amount: other discounts may still follow. */
    private void writeRest(Call call, ObjectNode item) {
        var handled = new HashSet<>(HANDLED);
        handled.addAll(Terms.OF_ITEM);
        fields.take(call, TYPE, item, handled, REFUSED);
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
        var before = call.tx().require(TYPE, call.id(), null);
        var item = before.deepCopy();
        var invoice = editableInvoice(call.tx(), item);
        if (ItemAmount.concerns(call.params())) {
            ItemAmount.write(call, item, invoice);
        }
        writeRest(call, item);
        call.tx().save(TYPE, item);
        if (invoice != null) {
            drafts.rewrite(call.tx(), invoice, item);
        }
        return item;
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

    /** The customer's items that no invoice has yet, oldest first. */
    static List<ObjectNode> pending(Transaction tx, String customer) {
        return tx.work()
                .all(TYPE.name(), Condition.is("customer", customer), Condition.is("_pending", "true"))
                .reversed();
    }
}
