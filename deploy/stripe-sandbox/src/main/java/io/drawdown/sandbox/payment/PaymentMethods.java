package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Payment methods, made from test tokens or test numbers: create, read, change, attach, detach and list. */
public final class PaymentMethods {

    public static final ResourceType TYPE = new ResourceType(
            "payment_method",
            "pm",
            "/v1/payment_methods",
            "PaymentMethod",
            "created",
            "customer",
            "type",
            "allow_redisplay");

    private static final Set<String> DATA = Set.of("type", "card", "us_bank_account", "sepa_debit");

    private final Fields fields;

    public PaymentMethods(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/payment_methods", this::create)
                .on("GET /v1/payment_methods", PaymentMethods::list)
                .on("GET /v1/payment_methods/{payment_method}", Reading.retrieve(TYPE))
                .on("POST /v1/payment_methods/{payment_method}", this::update)
                .on("POST /v1/payment_methods/{payment_method}/attach", PaymentMethods::attach)
                .on("POST /v1/payment_methods/{payment_method}/detach", PaymentMethods::detach)
                .on("GET /v1/customers/{customer}/payment_methods", PaymentMethods::listOfCustomer)
                .on(
                        "GET /v1/customers/{customer}/payment_methods/{payment_method}",
                        PaymentMethods::retrieveOfCustomer);
    }

    private ObjectNode create(Call call) {
        var method = NewPaymentMethod.from(call.tx(), call.params(), "", call.operation());
        fields.take(call, TYPE, method, DATA, Set.of("customer", "payment_method", "link"));
        return call.tx().create(TYPE, method, null);
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var method = before.deepCopy();
        if (Json.string(method, "customer") == null) {
            throw ApiException.invalid(
                    null, "You must save this PaymentMethod to a customer before you can update it.", null);
        }
        fields.take(call, TYPE, method, Set.of(), Set.of("us_bank_account"));
        call.tx().saveChanged(TYPE, before, method, "payment_method.updated");
        return method;
    }

    private static ObjectNode attach(Call call) {
        var customer = Customers.named(call);
        var id = attach(call.tx(), call.id(), Json.need(customer, "id"), null);
        return call.tx().require(TYPE, id, null);
    }

    /**
     * Puts a method on a customer; a test token makes a new one. Attaching to the same customer again changes nothing.
     *
     * @param param the parameter that named it; null when the path did
     * @return the method's id
     */
    public static String attach(Transaction tx, String idOrToken, String customer, @Nullable String param) {
        var method = Instrument.byToken(idOrToken)
                .map(instrument -> NewPaymentMethod.of(tx, instrument))
                .orElseGet(() -> tx.require(TYPE, idOrToken, param));
        var owner = Json.string(method, "customer");
        if (customer.equals(owner)) {
            return Json.need(method, "id");
        }
        if (owner != null) {
            throw ApiException.invalid(
                    null, "The payment method you provided has already been attached to a customer.", null);
        }
        SavedMethods.refuseUsed(method);
        refuseUnlessIssuerAgrees(method);
        method.put("customer", customer);
        if (!tx.work().exists(TYPE.name(), Json.need(method, "id"))) {
            method.remove("id");
            tx.create(TYPE, method, null);
        }
        tx.save(TYPE, method);
        tx.emit("payment_method.attached", method);
        return Json.need(method, "id");
    }

    /** The issuer is asked when a card is saved. */
    static void refuseUnlessIssuerAgrees(ObjectNode method) {
        var instrument = Instrument.of(method);
        if (!instrument.attaches() && instrument.outcome() instanceof PaymentOutcome.Declined declined) {
            throw ApiException.card(Declines.error(declined));
        }
    }

    private static ObjectNode detach(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var customer = Json.string(before, "customer");
        if (customer == null) {
            throw ApiException.invalid(
                    null,
                    "The payment method you provided is not attached to a customer so detachment is impossible.",
                    null);
        }
        var method = SavedMethods.usedUp(before.deepCopy()).putNull("customer");
        call.tx().saveChanged(TYPE, before, method, "payment_method.detached");
        forgetDefault(call.tx(), customer, call.id());
        return method;
    }

    private static void forgetDefault(Transaction tx, String customerId, String method) {
        var customer = tx.find(Customers.TYPE, customerId);
        if (customer != null && method.equals(Json.string(customer, "invoice_settings.default_payment_method"))) {
            var before = customer.deepCopy();
            Json.child(customer, "invoice_settings").putNull("default_payment_method");
            tx.saveChanged(Customers.TYPE, before, customer, "customer.updated");
        }
    }

    private static ObjectNode list(Call call) {
        call.need("customer");
        return Listing.page(call, TYPE);
    }

    private static ObjectNode listOfCustomer(Call call) {
        var customer = call.tx().require(Customers.TYPE, call.id(), null);
        var id = Json.need(customer, "id");
        var conditions = Listing.conditions(call, TYPE, Set.of());
        conditions.add(Condition.is("customer", id));
        return Listing.page(call, TYPE, conditions, "/v1/customers/" + id + "/payment_methods");
    }

    private static ObjectNode retrieveOfCustomer(Call call) {
        var method = call.tx().require(TYPE, call.id(), null);
        if (!call.path().containsValue(String.valueOf(Json.string(method, "customer")))) {
            throw ApiException.noSuch(TYPE.label(), call.id(), null);
        }
        return method;
    }

    /** The method to pay an invoice with: the customer's own, or a new one made of a test token. */
    public static ObjectNode payable(Transaction tx, String idOrToken, String customer, String param) {
        var method = resolve(tx, idOrToken, param);
        if (Instrument.byToken(idOrToken).isEmpty() && !customer.equals(Json.string(method, "customer"))) {
            throw ApiException.invalid(
                    null,
                    "The payment method " + idOrToken + " does not belong to the customer " + customer
                            + ": attach it to that customer first.",
                    param);
        }
        return method;
    }

    /** The method with that id, or a new one made of a test token. */
    static ObjectNode resolve(Transaction tx, String idOrToken, String param) {
        var instrument = Instrument.byToken(idOrToken);
        return instrument.isPresent()
                ? tx.create(TYPE, NewPaymentMethod.of(tx, instrument.get()), null)
                : tx.require(TYPE, idOrToken, param);
    }
}
