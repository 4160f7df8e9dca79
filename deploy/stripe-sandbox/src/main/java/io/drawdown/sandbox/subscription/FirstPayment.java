package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Collection;
import io.drawdown.sandbox.invoice.Finalization;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charging;
import io.drawdown.sandbox.payment.PaymentMethods;
import java.util.ArrayList;
import tools.jackson.databind.node.ObjectNode;

/** Collects an invoice within the request that makes it, as {@code payment_behavior} says. */
final class FirstPayment {

    private final Billing billing;
    private final Finalization finalization;
    private final Collection collection;

    FirstPayment(Billing billing, Finalization finalization, Collection collection) {
        this.billing = billing;
        this.finalization = finalization;
        this.collection = collection;
    }

    /** What a new subscription is before its first invoice is paid. */
    String statusBefore(Call call, Bill bill) {
        var subscription = bill.subscription();
        if (Json.at(subscription, "trial_end") != null) {
            return "trialing";
        }
        var priced = new ArrayList<>(bill.lines());
        priced.addAll(Billing.pending(call.tx(), subscription));
        boolean free = !call.params().has(ExtraItems.PARAM)
                && priced.stream().allMatch(line -> Json.number(line, "amount", 0) == 0);
        return free || sends(subscription) ? "active" : "incomplete";
    }

    private static boolean sends(ObjectNode subscription) {
        return "send_invoice".equals(Json.string(subscription, "collection_method"));
    }

    /** Makes the invoice, which is moved on by itself. */
    void leaveDraft(Call call, Bill bill) {
        billing.draft(call.tx(), bill);
    }

    /** Makes the invoice and pays it, or not. One that is sent waits its hour as a draft. */
    void collect(Call call, Bill bill) {
        var draft = billing.draft(call.tx(), bill);
        if (sends(bill.subscription()) && Json.number(draft, "amount_due", 0) > 0) {
            return;
        }
        var invoice = finalization.finalizeDraft(call.tx(), draft);
        refuseTooLarge(invoice);
        if (Json.need(invoice, "status").equals("open")
                && !"default_incomplete".equals(call.text("payment_behavior"))) {
            attempt(call, invoice);
        }
    }

    /** What a request asks for must not come to more than can be charged. */
    private static void refuseTooLarge(ObjectNode invoice) {
        if (Json.at(invoice, "last_finalization_error") instanceof ObjectNode error
                && Finalization.TOO_LARGE.equals(Json.need(error, "code"))) {
            throw ApiException.invalid(Finalization.TOO_LARGE, Json.need(error, "message"), null);
        }
    }

    /** Declines are an answer of their own only when asked for. */
    private void attempt(Call call, ObjectNode invoice) {
        var method = Collection.methodOf(call.tx(), invoice);
        if (method == null) {
            withoutMethod(call, invoice);
            return;
        }
        var result = collection.attempt(
                call.tx(), invoice, call.tx().require(PaymentMethods.TYPE, method, "default_payment_method"));
        boolean strict = "error_if_incomplete".equals(call.text("payment_behavior"));
        switch (result) {
            case Charging.Result.Declined(var error)
            when strict -> throw ApiException.card(error).leavingNothing();
            case Charging.Result.ActionRequired(var error)
            when strict -> throw ApiException.card(error).leavingNothing();
            default -> {}
        }
    }

    private void withoutMethod(Call call, ObjectNode invoice) {
        if (!"subscription_create".equals(Json.string(invoice, "billing_reason"))) {
            collection.withoutMethod(call.tx(), invoice);
            return;
        }
        throw ApiException.invalid(
                "resource_missing",
                "This customer has no attached payment source or default payment method. Please consider adding a "
                        + "default payment method.",
                null);
    }
}
