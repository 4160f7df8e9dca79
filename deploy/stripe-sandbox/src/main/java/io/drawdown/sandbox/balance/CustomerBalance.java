package io.drawdown.sandbox.balance;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Customers' balances and their transactions: the one place that changes a balance. */
public final class CustomerBalance {

    public static final ResourceType TYPE = new ResourceType(
            "customer_balance_transaction",
            "cbtxn",
            "/v1/customers/{customer}/balance_transactions",
            "customer balance transaction",
            "created",
            "customer",
            "invoice");

    private static final String USUAL_CURRENCY = "usd";

    /**
     * Why a balance changes.
     *
     * @param type as the transaction says it
     * @param field of the transaction that names the cause, or null
     */
    public record Reason(
            String type, @Nullable String field, @Nullable String id) {

        public static Reason invoice(String type, String invoice) {
            return new Reason(type, "invoice", invoice);
        }

        public static Reason creditNote(String creditNote) {
            return new Reason("credit_note", "credit_note", creditNote);
        }
    }

    private final Fields fields;

    public CustomerBalance(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        var path = TYPE.path();
        routes.on("POST " + path, this::create)
                .on("GET " + path, CustomerBalance::list)
                .on("GET " + path + "/{transaction}", CustomerBalance::own)
                .on("POST " + path + "/{transaction}", this::update);
    }

    /** The balance in a currency, lower case. */
    public static long of(ObjectNode customer, String currency) {
        return Json.number(customer, "_balances." + currency, 0);
    }

    /** The balances as {@code invoice_credit_balance} shows them: there credit is positive. */
    public static JsonNode credits(Transaction tx, ObjectNode served) {
        var credits = Json.object();
        var customer = tx.find(Customers.TYPE, Json.need(served, "id"));
        if (customer != null) {
            customer.path("_balances")
                    .properties()
                    .forEach(balance ->
                            credits.put(balance.getKey(), -balance.getValue().asLong()));
        }
        return credits;
    }

    /**
     * Changes a balance, says {@code customer.updated} and leaves a transaction; nothing happens when the amount is zero or
     * the customer is deleted.
     *
     * @param amount negative gives credit
     */
    public static @Nullable ObjectNode change(
            Transaction tx, String customerId, long amount, String currency, Reason reason) {
        var customer = tx.find(Customers.TYPE, customerId);
        if (amount == 0 || customer == null || Json.flag(customer, "deleted")) {
            return null;
        }
        var before = customer.deepCopy();
        write(customer, currency, Math.addExact(of(customer, currency), amount));
        tx.saveChanged(Customers.TYPE, before, customer, "customer.updated");
        return record(tx, customer, amount, currency, reason);
    }

    /** Follows {@code balance} given with a customer: the difference becomes a transaction. */
    public static void follow(Call call, @Nullable ObjectNode before, ObjectNode customer) {
        var currency = currency(customer);
        long amount = Math.subtractExact(Json.number(customer, "balance", 0), of(customer, currency));
        if (amount != 0) {
            write(customer, currency, Json.number(customer, "balance", 0));
            record(
                    call.tx(),
                    customer,
                    amount,
                    currency,
                    new Reason(before == null ? "initial" : "adjustment", null, null));
        }
    }

    private static String currency(ObjectNode customer) {
        var own = Json.string(customer, "currency");
        return own == null ? USUAL_CURRENCY : own;
    }

    private static void write(ObjectNode customer, String currency, long balance) {
        var balances =
                Json.at(customer, "_balances") instanceof ObjectNode kept ? kept : customer.putObject("_balances");
        balances.put(currency, balance);
        if (Json.string(customer, "currency") == null) {
            customer.put("currency", currency);
        }
        customer.put("balance", of(customer, currency(customer)));
    }

    private static ObjectNode record(Transaction tx, ObjectNode customer, long amount, String currency, Reason reason) {
        var transaction = Json.object()
                .put("amount", amount)
                .put("currency", currency)
                .put("customer", Json.need(customer, "id"))
                .put("ending_balance", of(customer, currency))
                .put("type", reason.type());
        transaction.putObject("metadata");
        if (reason.field() != null) {
            transaction.put(reason.field(), reason.id());
        }
        return tx.create(TYPE, transaction, null);
    }

    private ObjectNode create(Call call) {
        var customer = call.tx().require(Customers.TYPE, call.id(), null);
        var currency = call.need("currency").toLowerCase(Locale.ROOT);
        long amount = Json.number(call.params(), "amount", 0);
        var reason = new Reason("adjustment", null, null);
        var transaction = change(call.tx(), Json.need(customer, "id"), amount, currency, reason);
        if (transaction == null) {
            throw ApiException.invalid(null, "The amount of a customer balance transaction cannot be zero.", "amount");
        }
        return described(call, transaction, Set.of("amount", "currency"));
    }

    private ObjectNode update(Call call) {
        return described(call, own(call), Set.of());
    }

    private ObjectNode described(Call call, ObjectNode transaction, Set<String> handled) {
        fields.take(call, TYPE, transaction, handled, Set.of());
        call.tx().save(TYPE, transaction);
        return transaction;
    }

    private static ObjectNode own(Call call) {
        var transaction = call.tx().require(TYPE, call.id(), null);
        if (!Json.need(transaction, "customer").equals(call.path().get("customer"))) {
            throw ApiException.noSuch(TYPE.label(), call.id(), null);
        }
        return transaction;
    }

    private static ObjectNode list(Call call) {
        call.tx().require(Customers.TYPE, call.id(), null);
        var conditions = Listing.conditions(call, TYPE, Set.of());
        conditions.add(Condition.is("customer", call.id()));
        return Listing.page(call, TYPE, conditions, TYPE.path().replace("{customer}", call.id()));
    }
}
