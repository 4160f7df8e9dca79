package io.drawdown.sandbox.engine;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every type of event that the sandbox can emit, by the object that it carries: the one place to enter a new one, since
 * others are not recorded.
 */
public final class EventTypes {

    private static final Map<String, Set<String>> BY_OBJECT = Map.ofEntries(
            entry("application", Set.of("account.application.authorized", "account.application.deauthorized")),
            entry("billing.credit_balance_transaction", Set.of("billing.credit_balance_transaction.created")),
            entry("billing.credit_grant", Set.of("billing.credit_grant.created", "billing.credit_grant.updated")),
            entry(
                    "billing.meter",
                    Set.of(
                            "billing.meter.created",
                            "billing.meter.deactivated",
                            "billing.meter.reactivated",
                            "billing.meter.updated")),
            entry(
                    "charge",
                    Set.of(
                            "charge.captured",
                            "charge.expired",
                            "charge.failed",
                            "charge.pending",
                            "charge.refunded",
                            "charge.succeeded",
                            "charge.updated")),
            entry("coupon", Set.of("coupon.created", "coupon.deleted", "coupon.updated")),
            entry("credit_note", Set.of("credit_note.created", "credit_note.updated", "credit_note.voided")),
            entry("customer", Set.of("customer.created", "customer.deleted", "customer.updated")),
            entry("discount", Set.of("customer.discount.created", "customer.discount.deleted")),
            entry(
                    "dispute",
                    Set.of(
                            "charge.dispute.closed",
                            "charge.dispute.created",
                            "charge.dispute.funds_reinstated",
                            "charge.dispute.funds_withdrawn",
                            "charge.dispute.updated")),
            entry(
                    "invoice",
                    Set.of(
                            "invoice.created",
                            "invoice.deleted",
                            "invoice.finalization_failed",
                            "invoice.finalized",
                            "invoice.marked_uncollectible",
                            "invoice.overdue",
                            "invoice.overpaid",
                            "invoice.paid",
                            "invoice.payment_action_required",
                            "invoice.payment_failed",
                            "invoice.payment_succeeded",
                            "invoice.sent",
                            "invoice.upcoming",
                            "invoice.updated",
                            "invoice.voided")),
            entry("invoice_payment", Set.of("invoice_payment.paid")),
            entry("invoiceitem", Set.of("invoiceitem.created", "invoiceitem.deleted")),
            entry(
                    "payment_intent",
                    Set.of(
                            "payment_intent.amount_capturable_updated",
                            "payment_intent.canceled",
                            "payment_intent.created",
                            "payment_intent.payment_failed",
                            "payment_intent.processing",
                            "payment_intent.requires_action",
                            "payment_intent.succeeded")),
            entry(
                    "payment_method",
                    Set.of("payment_method.attached", "payment_method.detached", "payment_method.updated")),
            entry("price", Set.of("price.created", "price.updated")),
            entry("product", Set.of("product.created", "product.deleted", "product.updated")),
            entry("promotion_code", Set.of("promotion_code.created", "promotion_code.updated")),
            entry("refund", Set.of("refund.created", "refund.failed", "refund.updated")),
            entry(
                    "setup_intent",
                    Set.of(
                            "setup_intent.canceled",
                            "setup_intent.created",
                            "setup_intent.requires_action",
                            "setup_intent.setup_failed",
                            "setup_intent.succeeded")),
            entry(
                    "subscription",
                    Set.of(
                            "customer.subscription.created",
                            "customer.subscription.deleted",
                            "customer.subscription.paused",
                            "customer.subscription.pending_update_applied",
                            "customer.subscription.pending_update_expired",
                            "customer.subscription.resumed",
                            "customer.subscription.trial_will_end",
                            "customer.subscription.updated")),
            entry(
                    "subscription_schedule",
                    Set.of(
                            "subscription_schedule.canceled",
                            "subscription_schedule.completed",
                            "subscription_schedule.created",
                            "subscription_schedule.expiring",
                            "subscription_schedule.released",
                            "subscription_schedule.updated")),
            entry("tax.settings", Set.of("tax.settings.updated")),
            entry("tax_id", Set.of("customer.tax_id.created", "customer.tax_id.deleted")),
            entry("tax_rate", Set.of("tax_rate.created", "tax_rate.updated")),
            entry(
                    "test_helpers.test_clock",
                    Set.of(
                            "test_helpers.test_clock.advancing",
                            "test_helpers.test_clock.created",
                            "test_helpers.test_clock.deleted",
                            "test_helpers.test_clock.internal_failure",
                            "test_helpers.test_clock.ready")));

    private EventTypes() {}

    /** All of them, in order. */
    public static Set<String> all() {
        var all = new TreeSet<String>();
        BY_OBJECT.values().forEach(all::addAll);
        return all;
    }

    static void require(String type, String object) {
        if (!BY_OBJECT.getOrDefault(object, Set.of()).contains(type)) {
            throw new IllegalStateException("No event " + type + " of a " + object + ": enter it here");
        }
    }
}
