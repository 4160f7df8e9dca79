package io.drawdown.sandbox.credit;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, expire, void and list credit grants; they expire by themselves at their end. */
public final class CreditGrants {

    public static final ResourceType TYPE = new ResourceType(
            "billing.credit_grant", "credgr_test", "/v1/billing/credit_grants", "credit grant", "created", "customer");

    private static final int MOST_PRICES = 20;
    private static final int LAST_PRIORITY = 100;
    private static final int USUAL_PRIORITY = 50;
    private static final Set<String> HANDLED = Set.of("amount", "applicability_config", "expires_at");

    private final Fields fields;

    public CreditGrants(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/billing/credit_grants", this::create)
                .on("GET /v1/billing/credit_grants", Reading.list(TYPE))
                .on("GET /v1/billing/credit_grants/{id}", Reading.retrieve(TYPE))
                .on("POST /v1/billing/credit_grants/{id}", this::update)
                .on("POST /v1/billing/credit_grants/{id}/expire", CreditGrants::expire)
                .on("POST /v1/billing/credit_grants/{id}/void", CreditGrants::voidGrant);
    }

    /** Declares what happens to grants that are due: they expire. */
    public static void register(Agenda agenda) {
        agenda.when(TYPE, (tx, grant) -> {
            CreditLedger.end(tx, grant, "credits_expired");
            tx.save(TYPE, Agenda.cancel(grant));
        });
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var customer = Json.need(Customers.named(call), "id");
        var grant = Json.object()
                .put("category", "paid")
                .put("effective_at", tx.now())
                .put("priority", USUAL_PRIORITY)
                .put("updated", tx.now());
        grant.putObject("metadata");
        grant.set("amount", amount(call));
        grant.putObject("applicability_config").set("scope", scope(call));
        fields.take(call, TYPE, grant, HANDLED, Set.of("customer_account"));
        long priority = Json.number(grant, "priority", USUAL_PRIORITY);
        if (priority < 0 || priority > LAST_PRIORITY) {
            throw ApiException.invalid(null, "priority is between 0 and " + LAST_PRIORITY + ".", "priority");
        }
        refuseTooMany(tx, customer);
        writeEnd(call, grant);
        tx.create(TYPE, grant, "billing.credit_grant.created");
        CreditLedger.granted(tx, grant);
        return grant;
    }

    private static ObjectNode amount(Call call) {
        var currency = call.text("amount.monetary.currency");
        if (currency == null) {
            throw ApiException.missing("amount[monetary]");
        }
        long value = Json.number(call.params(), "amount.monetary.value", 0);
        if (value <= 0) {
            throw ApiException.invalid(null, "A credit grant is worth more than 0.", "amount[monetary][value]");
        }
        var amount = Json.object().put("type", "monetary");
        amount.putObject("monetary")
                .put("currency", currency.toLowerCase(Locale.ROOT))
                .put("value", value);
        return amount;
    }

    private static JsonNode scope(Call call) {
        var scope = Json.child(call.params(), "applicability_config.scope");
        var prices = Json.list(scope, "prices");
        if (scope.has("price_type") == !prices.isEmpty()) {
            throw ApiException.invalid(
                    null, "The scope of a credit grant is either price_type or prices.", "applicability_config[scope]");
        }
        if (prices.size() > MOST_PRICES) {
            throw ApiException.invalid(
                    null, "A scope has at most " + MOST_PRICES + " prices.", "applicability_config[scope][prices]");
        }
        prices.forEach(price -> requireMetered(call.tx(), Json.need(price, "id")));
        return scope;
    }

    private static void requireMetered(Transaction tx, String id) {
        var param = "applicability_config[scope][prices]";
        if (Json.string(tx.require(Prices.TYPE, id, param), "recurring.meter") == null) {
            throw ApiException.invalid(
                    null, "Billing credits apply to metered prices only; " + id + " is none.", param);
        }
    }

    private static void refuseTooMany(Transaction tx, String customer) {
        long unused = tx.work().all(TYPE.name(), Condition.is("customer", customer)).stream()
                .filter(grant -> CreditLedger.left(tx, Json.need(grant, "id")) > 0)
                .count();
        int most = tx.billing().unusedGrants();
        if (unused >= most) {
            throw ApiException.invalid(null, "A customer has at most " + most + " unused credit grants.", "customer");
        }
    }

    /** The end must be ahead, and after the beginning. */
    private static void writeEnd(Call call, ObjectNode grant) {
        if (!call.params().has("expires_at")) {
            return;
        }
        var end = Json.at(call.params(), "expires_at");
        if (end == null) {
            Agenda.cancel(grant.putNull("expires_at"));
            return;
        }
        if (end.asLong() <= Math.max(call.tx().now(), Json.number(grant, "effective_at", 0))) {
            throw ApiException.invalid(null, "expires_at must be in the future and after effective_at.", "expires_at");
        }
        Agenda.plan(grant.put("expires_at", end.asLong()), end.asLong());
    }

    private ObjectNode update(Call call) {
        var grant = requireLive(call);
        return changed(call, grant, after -> {
            fields.take(call, TYPE, after, HANDLED, Set.of());
            writeEnd(call, after);
        });
    }

    private static ObjectNode expire(Call call) {
        return changed(call, requireLive(call), grant -> {
            CreditLedger.end(call.tx(), grant, "credits_expired");
            Agenda.cancel(grant.put("expires_at", call.tx().now()));
        });
    }

    private static ObjectNode voidGrant(Call call) {
        var grant = requireLive(call);
        boolean used = CreditLedger.left(call.tx(), call.id()) < CreditLedger.amount(grant);
        if (used && !call.tx().billing().usedGrantsVoidable()) {
            throw ApiException.invalid(
                    null, "Only a credit grant that nothing was taken from can be voided: expire this one.", null);
        }
        return changed(call, grant, after -> {
            CreditLedger.end(call.tx(), after, "credits_voided");
            Agenda.cancel(after.put("voided_at", call.tx().now()));
        });
    }

    private static ObjectNode requireLive(Call call) {
        var grant = call.tx().require(TYPE, call.id(), null);
        boolean voided = Json.at(grant, "voided_at") != null;
        if (voided
                || Json.number(grant, "expires_at", Long.MAX_VALUE) <= call.tx().now()) {
            throw ApiException.invalid(
                    null, "This credit grant has been " + (voided ? "voided" : "expired") + " already.", null);
        }
        return grant;
    }

    private static ObjectNode changed(Call call, ObjectNode before, java.util.function.Consumer<ObjectNode> change) {
        var grant = before.deepCopy();
        change.accept(grant);
        grant.put("updated", call.tx().now());
        call.tx().saveChanged(TYPE, before, grant, "billing.credit_grant.updated");
        return grant;
    }
}
