package io.drawdown.sandbox.credit;

import io.drawdown.sandbox.engine.BillingSettings.GrantOrder;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The transactions of credit grants, and what follows from them. */
public final class CreditLedger {

    public static final ResourceType TYPE = new ResourceType(
            "billing.credit_balance_transaction",
            "cbtxn_test",
            "/v1/billing/credit_balance_transactions",
            "credit balance transaction",
            "created",
            "credit_grant",
            "_customer",
            "debit.credits_applied.invoice");

    private CreditLedger() {}

    /** Grants that can pay in a currency now, in the order in which they do. */
    static List<ObjectNode> usable(Transaction tx, String customer, String currency) {
        return tx.work().all(CreditGrants.TYPE.name(), Condition.is("customer", customer)).reversed().stream()
                .filter(grant -> currency.equals(Json.string(grant, "amount.monetary.currency")))
                .filter(grant -> isUsable(grant, tx.now()))
                .sorted(order(tx.billing().grantOrder()))
                .toList();
    }

    /** Who pays first; the creation that decides last is the store's order. */
    private static Comparator<ObjectNode> order(List<GrantOrder> criteria) {
        return criteria.stream().map(CreditLedger::order).reduce((_, _) -> 0, Comparator::thenComparing);
    }

    private static Comparator<ObjectNode> order(GrantOrder criterion) {
        return switch (criterion) {
            case PRIORITY -> Comparator.comparingLong(grant -> Json.number(grant, "priority", 50));
            case SOONER_EXPIRY -> Comparator.comparingLong(grant -> Json.number(grant, "expires_at", Long.MAX_VALUE));
            case PROMOTIONAL_FIRST ->
                Comparator.comparing(grant -> Json.need(grant, "category"), Comparator.reverseOrder());
            case EARLIER_EFFECTIVE -> Comparator.comparingLong(grant -> Json.number(grant, "effective_at", 0));
        };
    }

    /** Effective, and neither expired nor voided. */
    static boolean isUsable(ObjectNode grant, long now) {
        return Json.at(grant, "voided_at") == null
                && Json.number(grant, "effective_at", 0) <= now
                && Json.number(grant, "expires_at", Long.MAX_VALUE) > now;
    }

    /** Whether a grant pays for a metered price. */
    static boolean coversPrice(ObjectNode grant, String price) {
        var scope = Json.child(grant, "applicability_config.scope");
        return scope.has("price_type")
                || Json.list(scope, "prices").valueStream().anyMatch(one -> price.equals(Json.string(one, "id")));
    }

    /** What is left of a grant, in minor units of its currency. */
    static long left(Transaction tx, String grant) {
        return tx.work().all(TYPE.name(), Condition.is("credit_grant", grant)).stream()
                .mapToLong(CreditLedger::signed)
                .reduce(0, Math::addExact);
    }

    private static long signed(ObjectNode transaction) {
        return Json.number(transaction, "credit.amount.monetary.value", 0)
                - Json.number(transaction, "debit.amount.monetary.value", 0);
    }

    static void granted(Transaction tx, ObjectNode grant) {
        var credit = Json.object().put("type", "credits_granted").putNull("credits_application_invoice_voided");
        record(tx, grant, "credit", credit, amount(grant), Json.number(grant, "effective_at", tx.now()));
    }

    /** Takes all that is left of a grant; nothing happens when nothing is. */
    static void end(Transaction tx, ObjectNode grant, String type) {
        long left = left(tx, Json.need(grant, "id"));
        if (left > 0) {
            record(tx, grant, "debit", Json.object().put("type", type).putNull("credits_applied"), left, tx.now());
        }
    }

    /** Pays a line; returns the transaction's id. */
    static String apply(Transaction tx, ObjectNode grant, long amount, String invoice, String line) {
        var debit = Json.object().put("type", "credits_applied");
        debit.putObject("credits_applied").put("invoice", invoice).put("invoice_line_item", line);
        return Json.need(record(tx, grant, "debit", debit, amount, tx.now()), "id");
    }

    /** Gives back what an invoice has used, to the grants it came from; what has ended meanwhile ends again. */
    public static void giveBack(Transaction tx, String invoice) {
        for (ObjectNode used : tx.work()
                .all(TYPE.name(), Condition.is("debit.credits_applied.invoice", invoice))
                .reversed()) {
            var grant = tx.require(CreditGrants.TYPE, Json.need(used, "credit_grant"), "credit_grant");
            var credit = Json.object().put("type", "credits_application_invoice_voided");
            credit.putObject("credits_application_invoice_voided")
                    .put("invoice", invoice)
                    .put("invoice_line_item", Json.need(used, "debit.credits_applied.invoice_line_item"));
            record(tx, grant, "credit", credit, -signed(used), tx.now());
            if (Json.at(grant, "voided_at") != null) {
                end(tx, grant, "credits_voided");
            } else if (Json.number(grant, "expires_at", Long.MAX_VALUE) <= tx.now()) {
                end(tx, grant, "credits_expired");
            }
        }
    }

    static long amount(ObjectNode grant) {
        return Json.number(grant, "amount.monetary.value", 0);
    }

    private static ObjectNode record(
            Transaction tx, ObjectNode grant, String type, ObjectNode detail, long amount, long effectiveAt) {
        detail.putObject("amount")
                .put("type", "monetary")
                .putObject("monetary")
                .put("currency", Json.need(grant, "amount.monetary.currency"))
                .put("value", amount);
        var transaction = Json.object()
                .put("credit_grant", Json.need(grant, "id"))
                .put("effective_at", effectiveAt)
                .put("type", type)
                .put("_customer", Json.need(grant, "customer"));
        transaction.set(type, detail);
        return tx.create(TYPE, transaction, "billing.credit_balance_transaction.created");
    }
}
