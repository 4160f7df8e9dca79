package io.drawdown.sandbox.customer;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.Clocks;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Due;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, delete and list customers. */
public final class Customers {

    public static final ResourceType TYPE = new ResourceType(
            "customer", "cus", "/v1/customers", "customer", "created", "email", "test_clock", "_listed");

    private static final Set<String> HANDLED = Set.of("payment_method", "validate", "test_clock", "tax_id_data");
    private static final Set<String> REFUSED = Set.of("source", "default_source", "tax", "cash_balance");

    /** Puts a payment method on a customer, as part of the customer's own change. */
    @FunctionalInterface
    public interface Attachment {

        /** Returns the id of the attached method, which differs from a test token. */
        String attach(Transaction tx, String paymentMethod, String customer, String param);
    }

    /** Something that belongs to a customer and is kept elsewhere. */
    @FunctionalInterface
    public interface Part {

        /**
         * Follows what the call says of it; may change the customer, which is stored afterwards.
         *
         * @param before null when the customer is new
         */
        void follow(Call call, @Nullable ObjectNode before, ObjectNode customer);
    }

    /** What ends before its customer does. */
    @FunctionalInterface
    public interface Leaving {

        /** Ends it. */
        void end(Transaction tx, String customer);
    }

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private final Fields fields;
    private final Attachment attachment;
    private final Leaving leaving;
    private final List<Part> parts;
    private final ClockSettings clocks;

    public Customers(Fields fields, Attachment attachment, Leaving leaving, List<Part> parts, ClockSettings clocks) {
        this.fields = fields;
        this.attachment = attachment;
        this.leaving = leaving;
        this.parts = List.copyOf(parts);
        this.clocks = clocks;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/customers", this::create)
                .on("GET /v1/customers", Customers::list)
                .on("GET /v1/customers/{customer}", Reading.retrieveEvenDeleted(TYPE))
                .on("POST /v1/customers/{customer}", this::update)
                .on("DELETE /v1/customers/{customer}", this::delete);
    }

    /** Those of a test clock only when it is asked for. */
    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, Set.of());
        if (!call.params().has("test_clock")) {
            conditions.add(Condition.is("_listed", "true"));
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private ObjectNode create(Call call) {
        refuseBadAddress(call);
        var customer = Json.object();
        customer.put("id", Ids.next(TYPE.prefix())).put("_listed", true);
        customer.put("invoice_prefix", Ids.text(8).toUpperCase(Locale.ROOT)).put("next_invoice_sequence", 1);
        customer.putNull("currency").put("delinquent", false).put("tax_exempt", "none");
        customer.putNull("name").putNull("phone").putNull("discount").putNull("test_clock");
        customer.putArray("preferred_locales");
        call.tx().template().complete(TYPE.name(), customer);
        fields.take(call, TYPE, customer, HANDLED, REFUSED);
        joinClock(call, customer);
        attach(call, customer);
        call.tx().create(TYPE, customer, "customer.created");
        parts.forEach(part -> part.follow(call, null, customer));
        call.tx().save(TYPE, customer);
        return customer;
    }

    private static void refuseBadAddress(Call call) {
        var email = call.text("email");
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw ApiException.invalid("email_invalid", "Invalid email address: " + email, "email");
        }
    }

    private void joinClock(Call call, ObjectNode customer) {
        var clock = call.text("test_clock");
        if (clock != null) {
            call.tx().require(Clocks.TYPE, clock, "test_clock");
            refuseFull(call.tx(), clock);
            customer.put("test_clock", clock).put("_listed", false);
        }
    }

    private void refuseFull(Transaction tx, String clock) {
        if (tx.work().count(TYPE.name(), Condition.is(Due.CLOCK, clock)) >= clocks.customers()) {
            throw ApiException.invalid(
                    null,
                    "A test clock has at most " + clocks.customers() + " customers: create another one.",
                    "test_clock");
        }
    }

    private ObjectNode update(Call call) {
        refuseBadAddress(call);
        var before = call.tx().require(TYPE, call.id(), null);
        var customer = before.deepCopy();
        fields.take(call, TYPE, customer, HANDLED, REFUSED);
        attach(call, customer);
        parts.forEach(part -> part.follow(call, before, customer));
        call.tx().saveChanged(TYPE, before, customer, "customer.updated");
        return customer;
    }

    /** A test token stands for a new payment method; a default must be the customer's own. */
    private void attach(Call call, ObjectNode customer) {
        var id = Json.need(customer, "id");
        var method = call.text("payment_method");
        var attached = method == null ? null : attachment.attach(call.tx(), method, id, "payment_method");
        var chosen = call.text("invoice_settings.default_payment_method");
        if (chosen != null) {
            var param = "invoice_settings[default_payment_method]";
            var usual = chosen.equals(method) && attached != null
                    ? attached
                    : attachment.attach(call.tx(), chosen, id, param);
            Json.child(customer, "invoice_settings").put("default_payment_method", usual);
        }
    }

    private ObjectNode delete(Call call) {
        return delete(call.tx(), call.tx().require(TYPE, call.id(), null));
    }

    /** Deletes a customer with all that ends with it; what remains, and is returned, is a stub. */
    public ObjectNode delete(Transaction tx, ObjectNode customer) {
        var id = Json.need(customer, "id");
        leaving.end(tx, id);
        tx.emit("customer.deleted", customer);
        var stub = Json.object().put("id", id).put("object", TYPE.name()).put("deleted", true);
        tx.save(TYPE, stub);
        return stub;
    }

    /**
     * The customer that a parameter names.
     *
     * @throws ApiException when it is missing or deleted
     */
    public static ObjectNode named(Call call) {
        return call.tx().require(TYPE, call.need("customer"), "customer");
    }
}
