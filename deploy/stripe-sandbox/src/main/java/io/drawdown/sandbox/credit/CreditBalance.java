package io.drawdown.sandbox.credit;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** What a customer's grants are worth, and the transactions behind it. */
public final class CreditBalance {

    private static final String SUMMARY = "billing.credit_balance_summary";

    private CreditBalance() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/billing/credit_balance_summary", CreditBalance::summary)
                .on("GET /v1/billing/credit_balance_transactions", CreditBalance::list)
                .on("GET /v1/billing/credit_balance_transactions/{id}", Reading.retrieve(CreditLedger.TYPE));
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, CreditLedger.TYPE, Set.of("customer"));
        conditions.add(Condition.is("_customer", Json.need(Customers.named(call), "id")));
        return Listing.page(call, CreditLedger.TYPE, conditions, CreditLedger.TYPE.path());
    }

    private static ObjectNode summary(Call call) {
        var tx = call.tx();
        var customer = Json.need(Customers.named(call), "id");
        var filter = filter(call);
        var grants = tx.work().all(CreditGrants.TYPE.name(), Condition.is("customer", customer)).stream()
                .filter(filter)
                .toList();
        var summary = Json.object().put("customer", customer).put("object", SUMMARY);
        var balances = summary.putArray("balances");
        var currencies = new TreeSet<String>();
        grants.forEach(grant -> currencies.add(Json.need(grant, "amount.monetary.currency")));
        currencies.forEach(currency -> balances.add(balance(tx, grants, currency)));
        return tx.template().complete(SUMMARY, summary);
    }

    private static Predicate<ObjectNode> filter(Call call) {
        var params = call.params();
        if ("credit_grant".equals(Json.string(params, "filter.type"))) {
            var id = Json.string(params, "filter.credit_grant");
            if (id == null) {
                throw ApiException.missing("filter[credit_grant]");
            }
            call.tx().require(CreditGrants.TYPE, id, "filter[credit_grant]");
            return grant -> id.equals(Json.string(grant, "id"));
        }
        if (Json.at(params, "filter.applicability_scope") == null) {
            throw ApiException.missing("filter[applicability_scope]");
        }
        var prices = Json.list(params, "filter.applicability_scope.prices");
        return prices.isEmpty()
                ? grant -> Json.child(grant, "applicability_config.scope").has("price_type")
                : grant -> prices.valueStream().anyMatch(one -> CreditLedger.coversPrice(grant, Json.need(one, "id")));
    }

    /** Available is what could pay now; the ledger also has what is not effective yet. */
    private static ObjectNode balance(Transaction tx, List<ObjectNode> grants, String currency) {
        long ledger = 0;
        long available = 0;
        for (ObjectNode grant : grants) {
            if (currency.equals(Json.string(grant, "amount.monetary.currency"))) {
                long left = CreditLedger.left(tx, Json.need(grant, "id"));
                ledger += left;
                available += CreditLedger.isUsable(grant, tx.now()) ? left : 0;
            }
        }
        var balance = Json.object();
        balance.set("available_balance", money(available, currency));
        balance.set("ledger_balance", money(ledger, currency));
        return balance;
    }

    private static ObjectNode money(long value, String currency) {
        var money = Json.object().put("type", "monetary");
        money.putObject("monetary").put("currency", currency).put("value", value);
        return money;
    }
}
