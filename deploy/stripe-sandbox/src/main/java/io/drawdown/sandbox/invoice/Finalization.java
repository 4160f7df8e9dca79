package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.credit.CreditApplication;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.AmountDue;
import io.drawdown.sandbox.money.Limits;
import io.drawdown.sandbox.payment.PaymentIntents;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** From draft to open, or to paid when nothing is due. */
public final class Finalization {

    /** The code of a failure: nobody can be charged so much. */
    public static final String TOO_LARGE = "amount_too_large";

    private static final int HOUR = 3600;

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoices/{invoice}/finalize", this::finalizeInvoice);
    }

    private ObjectNode finalizeInvoice(Call call) {
        var invoice = call.tx().require(Invoices.TYPE, call.id(), null);
        if (!"draft".equals(Json.string(invoice, "status"))) {
            throw ApiException.invalid(
                    "invoice_not_editable",
                    "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
                    null);
        }
        if (call.params().has("auto_advance")) {
            invoice.put("auto_advance", Json.flag(call.params(), "auto_advance"));
        }
        return finalizeOrRefuse(call.tx(), invoice);
    }

    /** As {@link #finalizeDraft}, for a request: when it fails, the failure stays recorded and is the answer. */
    ObjectNode finalizeOrRefuse(Transaction tx, ObjectNode invoice) {
        var result = finalizeDraft(tx, invoice);
        if (Json.at(result, "last_finalization_error") instanceof ObjectNode error) {
            throw ApiException.failed(Json.need(error, "code"), Json.need(error, "message"));
        }
        return result;
    }

    /** Changes, stores and returns the invoice; one that cannot be finalized stays a draft with the reason on it. */
    public ObjectNode finalizeDraft(Transaction tx, ObjectNode invoice) {
        var before = invoice.deepCopy();
        MeteredLines.refresh(tx, invoice);
        var failure = failure(tx, invoice);
        if (failure != null) {
            return failed(tx, before, invoice, failure);
        }
        var settlement = Totals.write(tx, invoice, CreditApplication.APPLY);
        settleCustomer(tx, invoice, settlement);
        var id = Json.need(invoice, "id");
        invoice.put("status", "open")
                .put("effective_at", Json.number(invoice, "effective_at", tx.now()))
                .put("ending_balance", settlement.endingBalance())
                .putNull("last_finalization_error")
                .put("hosted_invoice_url", "https://invoice.stripe.com/i/sandbox/" + id)
                .put("invoice_pdf", "https://pay.stripe.com/invoice/sandbox/" + id + "/pdf");
        Json.child(invoice, "status_transitions").put("finalized_at", tx.now());
        return settlement.amountDue() == 0 ? nothingDue(tx, invoice) : open(tx, before, invoice);
    }

    /** The number is taken from the customer's sequence; the balance is used up by this invoice. */
    private static void settleCustomer(Transaction tx, ObjectNode invoice, AmountDue settlement) {
        var customer = tx.require(Customers.TYPE, Json.need(invoice, "customer"), "customer");
        if (Json.string(invoice, "number") == null) {
            long sequence = Json.number(customer, "next_invoice_sequence", 1);
            invoice.put("number", "%s-%04d".formatted(Json.need(customer, "invoice_prefix"), sequence));
            customer.put("next_invoice_sequence", sequence + 1);
        }
        var currency = Json.need(invoice, "currency");
        if (Json.string(customer, "currency") == null) {
            customer.put("currency", currency);
        }
        tx.save(Customers.TYPE, customer);
        long change = settlement.endingBalance() - Json.number(invoice, "starting_balance", 0);
        CustomerBalance.change(
                tx, Json.need(customer, "id"), change, currency, reason(invoice, settlement.endingBalance()));
    }

    private static CustomerBalance.Reason reason(ObjectNode invoice, long endingBalance) {
        boolean carried = Json.number(invoice, "total", 0) > 0 && endingBalance > 0;
        return CustomerBalance.Reason.invoice(
                carried ? "invoice_too_small" : "applied_to_invoice", Json.need(invoice, "id"));
    }

    /** Why an invoice cannot be finalized as things are, or null; its amounts are those that it would have. */
    private static @Nullable ObjectNode failure(Transaction tx, ObjectNode invoice) {
        long due = Totals.write(tx, invoice, CreditApplication.PREVIEW).amountDue();
        if ("requires_location_inputs".equals(Json.string(invoice, "automatic_tax.status"))) {
            return failure(
                    "customer_tax_location_invalid",
                    "The customer's location isn't recognized. Set a valid customer address in order to automatically "
                            + "calculate tax.");
        }
        return due <= Limits.MAXIMUM_CHARGE
                ? null
                : failure(TOO_LARGE, "The invoice's amount due must be no more than " + Limits.MAXIMUM_CHARGE + ".");
    }

    private static ObjectNode failure(String code, String message) {
        return Json.object()
                .put("code", code)
                .put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'))
                .put("message", message)
                .put("type", "invalid_request_error");
    }

    /** The invoice stays a draft, without the credits that it would have; it is not tried again by itself. */
    private static ObjectNode failed(Transaction tx, ObjectNode before, ObjectNode invoice, ObjectNode failure) {
        Totals.write(tx, invoice);
        invoice.set("last_finalization_error", failure);
        Invoices.saveChanged(tx, before, invoice);
        tx.emit("invoice.finalization_failed", invoice);
        return invoice;
    }

    private static ObjectNode open(Transaction tx, ObjectNode before, ObjectNode invoice) {
        var owner = Json.need(invoice, "customer");
        var intent = PaymentIntents.open(
                tx,
                Json.number(invoice, "amount_due", 0),
                Json.need(invoice, "currency"),
                owner,
                Collection.methodOf(tx, invoice),
                futureUsage(invoice),
                "Payment for Invoice " + Json.need(invoice, "number").toUpperCase(Locale.ROOT));
        InvoicePayments.open(tx, invoice, intent, true);
        boolean collects = Json.flag(invoice, "auto_advance")
                && "charge_automatically".equals(Json.string(invoice, "collection_method"));
        if (collects) {
            invoice.put("next_payment_attempt", tx.now() + HOUR);
        }
        Invoices.schedule(invoice);
        tx.save(Invoices.TYPE, invoice);
        tx.emit("invoice.finalized", invoice);
        tx.emitChanged(before, invoice, "invoice.updated");
        return invoice;
    }

    /** What pays for a subscription is to pay for its renewals, too, when nobody is there. */
    private static @Nullable String futureUsage(ObjectNode invoice) {
        boolean charges = "charge_automatically".equals(Json.string(invoice, "collection_method"));
        return charges && Json.string(invoice, "_subscription") != null ? "off_session" : null;
    }

    private static ObjectNode nothingDue(Transaction tx, ObjectNode invoice) {
        invoice.put("status", "paid").put("attempted", true).put("auto_advance", false);
        Json.child(invoice, "status_transitions").put("paid_at", tx.now());
        Invoices.schedule(invoice);
        tx.save(Invoices.TYPE, invoice);
        tx.emit("invoice.finalized", invoice);
        tx.emit("invoice.paid", invoice);
        tx.emit("invoice.payment_succeeded", invoice);
        return invoice;
    }
}
