package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.invoice.ThresholdReason;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices within a period: as soon as what has been used comes to an amount, or the usage of an item to a number. */
final class Thresholds {

    static final String PARAM = "billing_thresholds";

    /** Our own choice: how often it is looked. On a test clock each look is a step of its advance. */
    private static final long LOOK_SECONDS = 60;

    private static final long LOOK_SECONDS_ON_CLOCK = 3600;
    private static final Set<String> BILLED = Set.of("active", "past_due");

    private final Subscriptions subscriptions;
    private final Billing billing;

    Thresholds(Subscriptions subscriptions, Billing billing) {
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /** Writes what the call has for the whole. */
    static void write(Call call, ObjectNode subscription) {
        if (call.params().has(PARAM)) {
            subscription.set(PARAM, read(call.params(), PARAM));
        }
    }

    /**
     * An amount, as it is stored; JSON null to have none.
     *
     * @param path what the parameter is called, for a refusal
     */
    static JsonNode read(ObjectNode params, String path) {
        if (Json.at(params, PARAM) == null) {
            return Json.none();
        }
        long amount = Json.number(params, PARAM + ".amount_gte", 0);
        if (amount <= 0) {
            throw ApiException.invalid(null, "A threshold is an amount of more than 0.", path + "[amount_gte]");
        }
        return Json.object()
                .put("amount_gte", amount)
                .put("reset_billing_cycle_anchor", Json.flag(params, PARAM + ".reset_billing_cycle_anchor"));
    }

    /** Writes what there is for an item, which must be a metered one. */
    static void writeItem(ObjectNode item, ObjectNode param, String path) {
        boolean metered = Subscriptions.isMetered(item);
        if (Json.at(param, PARAM) == null) {
            if (param.has(PARAM) || !metered) {
                item.putNull(PARAM);
            }
            return;
        }
        long usage = Json.number(param, PARAM + ".usage_gte", 0);
        if (usage <= 0 || !metered) {
            throw ApiException.invalid(
                    null, "A threshold is a usage of more than 0, of a metered price.", path + "[usage_gte]");
        }
        item.putObject(PARAM).put("usage_gte", usage);
    }

    /** When it is time to look; never, without a threshold. */
    static long nextLook(ObjectNode subscription) {
        if (!has(subscription) || !BILLED.contains(Json.need(subscription, "status"))) {
            return Appointment.NEVER;
        }
        boolean onClock = Json.string(subscription, "test_clock") != null;
        return Json.number(
                        subscription,
                        "_looked",
                        Subscriptions.period(subscription).start())
                + (onClock ? LOOK_SECONDS_ON_CLOCK : LOOK_SECONDS);
    }

    private static boolean has(ObjectNode subscription) {
        return Json.at(subscription, PARAM) != null
                || Subscriptions.items(subscription).stream().anyMatch(item -> Json.at(item, PARAM) != null);
    }

    /** Looks, and bills what has been used when it is enough. */
    void look(Transaction tx, ObjectNode before, ObjectNode subscription) {
        subscription.put("_looked", tx.now());
        var bill = bill(tx, subscription);
        if (!ThresholdReason.reached(billing.preview(tx, bill, tx.now()), subscription)) {
            subscriptions.save(tx, subscription);
            return;
        }
        boolean resets = Json.flag(subscription, PARAM + ".reset_billing_cycle_anchor");
        var due = resets ? Revision.restart(tx, before, subscription, true, bill.reason()) : bill(tx, subscription);
        if (!resets) {
            AccruedUsage.markBilled(subscription, tx.now());
        }
        subscriptions.saveChanged(tx, before, subscription.put("latest_invoice", due.id()));
        billing.draft(tx, due);
    }

    private static Bill bill(Transaction tx, ObjectNode subscription) {
        return new Bill(
                Ids.next(Invoices.TYPE.prefix()),
                subscription,
                "subscription_threshold",
                Subscriptions.period(subscription).start(),
                tx.now(),
                List.of(),
                Lines.used(tx, subscription, tx.now()),
                true);
    }
}
