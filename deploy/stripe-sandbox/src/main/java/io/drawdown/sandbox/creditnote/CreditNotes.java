package io.drawdown.sandbox.creditnote;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.SubList;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Crediting;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.refund.Refunds;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Create, preview, read, change, void and list credit notes. */
public final class CreditNotes {

    public static final ResourceType TYPE = new ResourceType(
            "credit_note", "cn", "/v1/credit_notes", "credit note", "created", "customer", "invoice", "status");

    private static final Set<String> HANDLED = Set.of(
            "invoice",
            "amount",
            "lines",
            "refund_amount",
            "credit_amount",
            "out_of_band_amount",
            "refunds",
            "email_type");
    private static final Set<String> REFUSED = Set.of("shipping_cost");

    private final Fields fields;
    private final Refunds refunds;

    public CreditNotes(Fields fields, Refunds refunds) {
        this.fields = fields;
        this.refunds = refunds;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/credit_notes", this::create)
                .on("GET /v1/credit_notes", Reading.list(TYPE))
                .on("GET /v1/credit_notes/preview", this::draw)
                .on("GET /v1/credit_notes/preview/lines", this::previewLines)
                .on("GET /v1/credit_notes/{id}", Reading.retrieve(TYPE))
                .on("POST /v1/credit_notes/{id}", this::update)
                .on("GET /v1/credit_notes/{credit_note}/lines", CreditNotes::lines)
                .on("POST /v1/credit_notes/{id}/void", CreditNotes::voidNote);
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var note = draw(call);
        Payback.of(call).pay(tx, note, refunds);
        tx.create(TYPE, note, "credit_note.created");
        var invoice = tx.require(Invoices.TYPE, Json.need(note, "invoice"), "invoice");
        Crediting.credit(tx, invoice, amount(note, "pre_payment_amount"), amount(note, "post_payment_amount"));
        return note;
    }

    private static long amount(ObjectNode object, String field) {
        return Json.number(object, field, 0);
    }

    /** The note as it would be; nothing is changed. */
    private ObjectNode draw(Call call) {
        var tx = call.tx();
        var invoice = creditable(call);
        var note = head(tx, invoice);
        fields.take(call, TYPE, note, HANDLED, REFUSED);
        Json.child(note, "lines").set("data", NoteLines.of(call, invoice));
        long total = NoteAmounts.write(note);
        requireCreditable(call, invoice, total);
        long before = Math.min(
                total, "open".equals(Json.string(invoice, "status")) ? amount(invoice, "amount_remaining") : 0);
        long after = total - before;
        Payback.of(call).requireSum(tx, after);
        note.put("pre_payment_amount", before)
                .put("post_payment_amount", after)
                .put("type", after == 0 ? "pre_payment" : before == 0 ? "post_payment" : "mixed");
        return tx.template().complete(TYPE.name(), note);
    }

    private static ObjectNode creditable(Call call) {
        var invoice = call.tx().require(Invoices.TYPE, call.need("invoice"), "invoice");
        var status = Json.need(invoice, "status");
        if (!Set.of("open", "paid").contains(status)) {
            throw ApiException.invalid(
                    null,
                    "Credit notes can only be issued for invoices that are open or paid; this one is " + status + ".",
                    "invoice");
        }
        return invoice;
    }

    private static void requireCreditable(Call call, ObjectNode invoice, long total) {
        long left = amount(invoice, "total")
                - amount(invoice, "pre_payment_credit_notes_amount")
                - amount(invoice, "post_payment_credit_notes_amount");
        if (total <= 0 || total > left) {
            throw ApiException.invalid(
                    null,
                    "A credit note is worth more than 0 and at most what is left of the invoice, " + left + "; got "
                            + total + ".",
                    "amount");
        }
        var stated = call.text("amount");
        if (stated != null && Long.parseLong(stated) != total) {
            throw ApiException.invalid(null, "The lines come to " + total + ", not to the amount given.", "amount");
        }
    }

    private static ObjectNode head(Transaction tx, ObjectNode invoice) {
        var id = Ids.next(TYPE.prefix());
        var owner = Json.need(invoice, "id");
        int count = tx.work().count(TYPE.name(), Condition.is("invoice", owner));
        var note = Json.object()
                .put("id", id)
                .put("object", TYPE.name())
                .put("created", tx.now())
                .put("currency", Json.need(invoice, "currency"))
                .put("customer", Json.need(invoice, "customer"))
                .put("effective_at", tx.now())
                .put("invoice", owner)
                .put("number", "%s-CN-%02d".formatted(Json.need(invoice, "number"), count + 1))
                .put("pdf", "https://pay.stripe.com/credit_notes/sandbox/" + id + "/pdf")
                .put("status", "issued");
        note.putObject("metadata");
        note.putArray("refunds");
        note.putObject("lines")
                .put("object", "list")
                .put("has_more", false)
                .put("url", TYPE.path() + "/" + id + "/lines");
        return note;
    }

    private ObjectNode previewLines(Call call) {
        return SubList.page(call, Json.list(draw(call), "lines.data"), "line item", TYPE.path() + "/preview/lines");
    }

    private static ObjectNode lines(Call call) {
        var note = call.tx().require(TYPE, call.id(), null);
        return SubList.page(call, Json.list(note, "lines.data"), "line item", Json.need(note, "lines.url"));
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var note = before.deepCopy();
        fields.take(call, TYPE, note, Set.of(), Set.of());
        call.tx().saveChanged(TYPE, before, note, "credit_note.updated");
        return note;
    }

    /** Only a note that nothing was given back for, while its invoice is open. */
    private static ObjectNode voidNote(Call call) {
        var tx = call.tx();
        var note = tx.require(TYPE, call.id(), null);
        var invoice = tx.require(Invoices.TYPE, Json.need(note, "invoice"), "invoice");
        boolean voidable = "issued".equals(Json.string(note, "status"))
                && amount(note, "post_payment_amount") == 0
                && "open".equals(Json.string(invoice, "status"));
        if (!voidable) {
            throw ApiException.invalid(
                    null, "You can only void a credit note that is issued for an invoice that is still open.", null);
        }
        note.put("status", "void").put("voided_at", tx.now());
        tx.save(TYPE, note);
        tx.emit("credit_note.voided", note);
        Crediting.undo(tx, invoice, amount(note, "pre_payment_amount"));
        return note;
    }
}
