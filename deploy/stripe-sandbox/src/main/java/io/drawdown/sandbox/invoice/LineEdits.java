package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes the lines of a draft, several at once: each line that is no subscription's is an invoice item's. */
public final class LineEdits {

    private static final String CREATE_ITEM = "POST /v1/invoiceitems";
    private static final String UPDATE_ITEM = "POST /v1/invoiceitems/{invoiceitem}";

    private final Fields fields;
    private final Drafts drafts;
    private final InvoiceItems items;

    public LineEdits(Fields fields, Drafts drafts, InvoiceItems items) {
        this.fields = fields;
        this.drafts = drafts;
        this.items = items;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoices/{invoice}/add_lines", this::add)
                .on("POST /v1/invoices/{invoice}/update_lines", this::update)
                .on("POST /v1/invoices/{invoice}/remove_lines", this::remove)
                .on("POST /v1/invoices/{invoice}/lines/{line_item_id}", this::updateOne);
    }

    private ObjectNode add(Call call) {
        var invoice = draft(call);
        var added = new ArrayList<ObjectNode>();
        for (JsonNode line : Json.list(call.params(), "lines")) {
            refuseTaxAmounts(call, line);
            var pending = Json.string(line, "invoice_item");
            added.add(
                    pending == null
                            ? items.make(item(call, CREATE_ITEM, line), invoice)
                            : take(call, invoice, pending));
        }
        drafts.bind(call.tx(), invoice, added);
        return invoice;
    }

    private static ObjectNode take(Call call, ObjectNode invoice, String id) {
        var item = call.tx().require(InvoiceItems.TYPE, id, "lines[invoice_item]");
        if (!Json.flag(item, "_pending")
                || !Json.need(item, "customer").equals(Json.need(invoice, "customer"))
                || !Json.need(item, "currency").equals(Json.need(invoice, "currency"))) {
            throw ApiException.invalid(
                    null,
                    "The invoice item " + id + " must be pending, of the invoice's customer and in its currency.",
                    "lines[invoice_item]");
        }
        item.put("invoice", Json.need(invoice, "id")).put("_pending", false).put("_wasPending", true);
        call.tx().save(InvoiceItems.TYPE, item);
        return item;
    }

    private ObjectNode update(Call call) {
        var invoice = draft(call);
        for (JsonNode line : Json.list(call.params(), "lines")) {
            change(call, invoice, Json.need(line, "id"), line);
        }
        return invoice;
    }

    private ObjectNode updateOne(Call call) {
        var invoice = draft(call);
        change(call, invoice, call.id(), call.params());
        return line(invoice, call.id());
    }

    private void change(Call call, ObjectNode invoice, String line, JsonNode given) {
        refuseTaxAmounts(call, given);
        var item = call.tx().require(InvoiceItems.TYPE, itemOf(line(invoice, line)), "lines[id]");
        items.change(item(call, UPDATE_ITEM, given), item, invoice);
        drafts.rewrite(call.tx(), invoice, item);
    }

    private ObjectNode remove(Call call) {
        var invoice = draft(call);
        for (JsonNode line : Json.list(call.params(), "lines")) {
            var id = itemOf(line(invoice, Json.need(line, "id")));
            var item = call.tx().require(InvoiceItems.TYPE, id, "lines[id]");
            if ("unassign".equals(Json.string(line, "behavior"))) {
                call.tx().save(InvoiceItems.TYPE, item.putNull("invoice").put("_pending", true));
            } else {
                call.tx().work().remove(InvoiceItems.TYPE.name(), id);
                call.tx().emit("invoiceitem.deleted", item);
            }
            drafts.unbind(call.tx(), invoice, id);
        }
        return invoice;
    }

    /** The draft, with the metadata that the call has for it. */
    private ObjectNode draft(Call call) {
        var invoice = Drafts.requireDraft(call.tx(), String.valueOf(call.path().get("invoice")), "invoice");
        if (call.params().has("invoice_metadata")) {
            var metadata = Json.object();
            metadata.set("metadata", call.params().get("invoice_metadata"));
            var own = new Call(call.tx(), call.operation(), call.path(), metadata);
            fields.take(own, Invoices.TYPE, invoice, Set.of(), Set.of());
        }
        return invoice;
    }

    private static Call item(Call call, String operation, JsonNode line) {
        var params = (ObjectNode) line.deepCopy();
        List.of("id", "expand", "invoice_item", "invoice_metadata").forEach(params::remove);
        return new Call(call.tx(), operation, call.path(), params);
    }

    private static void refuseTaxAmounts(Call call, JsonNode line) {
        if (Json.at(line, "tax_amounts") != null) {
            throw ApiException.notCovered("tax_amounts", call.operation());
        }
    }

    private static ObjectNode line(ObjectNode invoice, String id) {
        for (JsonNode line : Drafts.lines(invoice)) {
            if (id.equals(Json.string(line, "id"))) {
                return (ObjectNode) line;
            }
        }
        throw ApiException.noSuch("line_item", id, "lines");
    }

    private static String itemOf(ObjectNode line) {
        var item = Json.string(line, "parent.invoice_item_details.invoice_item");
        var prorated = item == null ? Json.string(line, "parent.subscription_item_details.invoice_item") : item;
        if (prorated == null) {
            throw ApiException.invalid(
                    "invoice_not_editable",
                    "The line " + Json.need(line, "id") + " is billed by a subscription: change that.",
                    "lines");
        }
        return prorated;
    }
}
