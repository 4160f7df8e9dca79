package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Whose payment method may be used by whom, and what using it does to it. */
final class SavedMethods {

    /** Own field: used up, because it was used or given back without an owner. */
    private static final String USED = "_used";
    /** Own field: the customer agreed to be charged while away. */
    private static final String SET_UP = "_setUp";

    private static final String SET_UP_FOR = "off_session";

    private SavedMethods() {}

    /** Refuses a method of somebody else, and one that is used up. */
    static void refuseUnlessUsable(ObjectNode method, @Nullable String customer, String param) {
        var owner = Json.string(method, "customer");
        if (owner != null && !owner.equals(customer)) {
            throw ApiException.invalid(
                    null,
                    customer == null
                            ? "The provided PaymentMethod is attached to a customer: name that customer, too, in `customer`."
                            : "The provided PaymentMethod does not belong to the customer " + customer + ".",
                    param);
        }
        refuseUsed(method);
    }

    static void refuseUsed(ObjectNode method) {
        if (Json.flag(method, USED)) {
            throw ApiException.invalid(
                    null,
                    "This PaymentMethod was previously used without being attached to a Customer or was detached from a "
                            + "Customer, and may not be used again.",
                    null);
        }
    }

    static ObjectNode usedUp(ObjectNode method) {
        return method.put(USED, true);
    }

    static boolean isSetUp(ObjectNode method) {
        return Json.flag(method, SET_UP);
    }

    /** Saves the method where that was asked for, else uses up one that is nobody's. */
    static void afterUse(Transaction tx, ObjectNode method, @Nullable String customer, @Nullable String futureUsage) {
        if (futureUsage != null) {
            setUp(tx, method, customer, futureUsage);
        } else if (Json.string(method, "customer") == null) {
            tx.save(PaymentMethods.TYPE, usedUp(method));
        }
    }

    /** Puts a method that is nobody's on the customer; for use while he is away, too, when that was asked for. */
    static void setUp(Transaction tx, ObjectNode method, @Nullable String customer, String usage) {
        method.put(SET_UP, SET_UP_FOR.equals(usage) || isSetUp(method));
        boolean attaches = Json.string(method, "customer") == null && customer != null;
        tx.save(PaymentMethods.TYPE, attaches ? method.put("customer", customer) : method);
        if (attaches) {
            tx.emit("payment_method.attached", method);
        }
    }
}
