package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.credit.CreditLedger;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Void, uncollectible and sent: what happens to an open invoice other than being paid. */
public final class Endings {

    private Endings() {}

    /** Declares the operations. */
    public static void register(Routes routes, Finalization finalization) {
        routes.on("POST /v1/invoices/{invoice}/void", Endings::voidInvoice)
                .on("POST /v1/invoices/{invoice}/mark_uncollectible", Endings::markUncollectible)
                .on("POST /v1/invoices/{invoice}/send", call -> send(call, finalization));
    }

    private static ObjectNode require(Call call, Set<String> permitted, String what) {
        var invoice = call.tx().require(Invoices.TYPE, call.id(), null);
        var status = Json.need(invoice, "status");
        if (!permitted.contains(status)) {
            throw ApiException.invalid(
                    null,
                    "You can only " + what + " an invoice that is " + String.join(" or ", permitted) + "; this one is "
                            + status + ".",
                    null);
        }
        return invoice;
    }

    private static ObjectNode voidInvoice(Call call) {
        var invoice = require(call, Set.of("open", "uncollectible"), "void");
        if (isPaidInPart(invoice)) {
            throw ApiException.invalid(
                    null,
                    "You cannot void an invoice that has been paid in part: refund that with a credit note, or mark it as "
                            + "uncollectible.",
                    null);
        }
        return voidInvoice(call.tx(), invoice);
    }

    /** Whether money has been taken for it, so that it cannot be as if it had never been. */
    public static boolean isPaidInPart(ObjectNode invoice) {
        return Json.number(invoice, "amount_paid", 0) > 0;
    }

    /** Makes an open or uncollectible invoice void. */
    public static ObjectNode voidInvoice(Transaction tx, ObjectNode invoice) {
        InvoicePayments.cancel(tx, invoice, "void_invoice");
        CreditLedger.giveBack(tx, Json.need(invoice, "id"));
        giveBackBalance(tx, invoice);
        invoice.put("status", "void").put("auto_advance", false).putNull("next_payment_attempt");
        Json.child(invoice, "status_transitions").put("voided_at", tx.now());
        return ended(tx, invoice, "invoice.voided");
    }

    /** What the invoice took from, or carried to, the customer's balance is undone. */
    private static void giveBackBalance(Transaction tx, ObjectNode invoice) {
        long change = Json.number(invoice, "ending_balance", 0) - Json.number(invoice, "starting_balance", 0);
        var reason = CustomerBalance.Reason.invoice("unapplied_from_invoice", Json.need(invoice, "id"));
        CustomerBalance.change(tx, Json.need(invoice, "customer"), -change, Json.need(invoice, "currency"), reason);
    }

    private static ObjectNode markUncollectible(Call call) {
        return markUncollectible(call.tx(), require(call, Set.of("open"), "mark as uncollectible"));
    }

    /** Gives an open invoice up. */
    public static ObjectNode markUncollectible(Transaction tx, ObjectNode invoice) {
        invoice.put("status", "uncollectible").put("auto_advance", false).putNull("next_payment_attempt");
        Json.child(invoice, "status_transitions").put("marked_uncollectible_at", tx.now());
        return ended(tx, invoice, "invoice.marked_uncollectible");
    }

    /** A draft is finalized first; one with nothing due is paid then, and need not be sent. */
    private static ObjectNode send(Call call, Finalization finalization) {
        var invoice = require(call, Set.of("draft", "open"), "send");
        if (!"send_invoice".equals(Json.string(invoice, "collection_method"))) {
            throw ApiException.invalid(
                    null, "You can only manually send an invoice if its collection method is 'send_invoice'.", null);
        }
        var sent = "draft".equals(Json.string(invoice, "status"))
                ? finalization.finalizeOrRefuse(call.tx(), invoice)
                : invoice;
        if ("open".equals(Json.string(sent, "status"))) {
            call.tx().emit("invoice.sent", sent);
        }
        return sent;
    }

    private static ObjectNode ended(Transaction tx, ObjectNode invoice, String event) {
        Invoices.schedule(invoice);
        tx.save(Invoices.TYPE, invoice);
        tx.emit(event, invoice);
        return invoice;
    }
}
