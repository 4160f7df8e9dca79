package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payment intents: create, read, change, confirm, capture, cancel and list.
 *
 * <p>States: {@code requires_payment_method} → {@code requires_confirmation} → ({@code requires_action}) →
 * {@code processing} or {@code requires_capture} → {@code succeeded}; a decline leads back to
 * {@code requires_payment_method}; {@code canceled} ends all but what has succeeded.
 */
public final class PaymentIntents {

    public static final ResourceType TYPE =
            new ResourceType("payment_intent", "pi", "/v1/payment_intents", "payment_intent", "created", "customer");

    /** Own field: an invoice's, which alone may change or cancel it. */
    private static final String OF_INVOICE = "_ofInvoice";

    private static final Set<String> HANDLED = Set.of(
            "amount",
            "automatic_payment_methods",
            "confirm",
            "currency",
            "customer",
            "error_on_requires_action",
            "mandate_data",
            "off_session",
            "payment_method",
            "payment_method_data",
            "payment_method_options",
            "payment_method_types",
            "return_url",
            "use_stripe_sdk");
    private static final Set<String> REFUSED = Set.of(
            "allowed_payment_method_types",
            "amount_details",
            "application_fee_amount",
            "confirmation_token",
            "customer_account",
            "excluded_payment_method_types",
            "hooks",
            "mandate",
            "on_behalf_of",
            "payment_details",
            "payment_method_configuration",
            "radar_options",
            "transfer_data");

    private final Fields fields;
    private final Charging charging;
    private final Confirmation confirmation;

    public PaymentIntents(Fields fields, Charging charging) {
        this.fields = fields;
        this.charging = charging;
        this.confirmation = new Confirmation(charging);
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/payment_intents", this::create)
                .on("GET /v1/payment_intents", Reading.list(TYPE))
                .on("GET /v1/payment_intents/{intent}", Reading.retrieve(TYPE))
                .on("POST /v1/payment_intents/{intent}", this::update)
                .on("POST /v1/payment_intents/{intent}/confirm", this::confirm)
                .on("POST /v1/payment_intents/{intent}/capture", this::capture)
                .on("POST /v1/payment_intents/{intent}/cancel", PaymentIntents::cancel);
    }

    /** Declares what happens by itself: payments in processing end, authorizations lapse. */
    public static void register(Agenda agenda, Charging charging) {
        agenda.when(TYPE, (tx, intent) -> {
            switch (Json.need(intent, "status")) {
                case "processing" -> charging.settle(tx, intent);
                case "requires_capture" -> expire(tx, intent);
                default -> throw new IllegalStateException("Nothing is due for " + intent);
            }
        });
    }

    private static void expire(Transaction tx, ObjectNode intent) {
        tx.emit("charge.expired", tx.require(Charges.TYPE, Json.need(intent, "latest_charge"), null));
        Intents.cancel(tx, intent, "automatic");
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var customer = call.text("customer") == null ? null : Json.need(Customers.named(call), "id");
        var intent = blank(Json.number(call.params(), "amount", 0), call.need("currency"))
                .put("customer", customer);
        IntentTerms.refuseAmount(intent);
        IntentTerms.writeMethods(call, intent);
        fields.take(call, TYPE, intent, HANDLED, REFUSED);
        IntentTerms.writeOptions(call, intent);
        tx.template().complete(TYPE.name(), intent);
        boolean confirms = Json.flag(call.params(), "confirm");
        IntentTerms.refuseWithoutConfirmation(call, confirms);
        confirmation.choose(call, intent);
        tx.create(TYPE, intent, "payment_intent.created");
        return confirms ? confirmation.confirm(call, intent) : intent;
    }

    private static ObjectNode blank(long amount, String currency) {
        var id = Ids.next(TYPE.prefix());
        var intent = Json.object()
                .put("id", id)
                .put("object", TYPE.name())
                .put("amount", amount)
                .put("amount_capturable", 0)
                .put("amount_received", 0)
                .put("capture_method", "automatic_async")
                .put("client_secret", id + "_secret_" + Ids.text(24))
                .put("confirmation_method", "automatic")
                .put("currency", currency)
                .put("status", "requires_payment_method");
        intent.putObject("metadata");
        intent.putObject("payment_method_options").putObject("card").put("request_three_d_secure", "automatic");
        return intent;
    }

    /**
     * A new intent to collect an amount for an invoice.
     *
     * @param amount in the minor unit
     * @param method null while there is none to pay with
     */
    public static ObjectNode open(
            Transaction tx,
            long amount,
            String currency,
            String customer,
            @Nullable String method,
            @Nullable String futureUsage,
            String description) {
        var intent = blank(amount, currency)
                .put("capture_method", "automatic")
                .put("customer", customer)
                .put("description", description)
                .put("payment_method", method)
                .put("setup_future_usage", futureUsage)
                .put("status", method == null ? "requires_payment_method" : "requires_confirmation")
                .put(OF_INVOICE, true);
        intent.putArray("payment_method_types").add("card");
        return tx.create(TYPE, intent, "payment_intent.created");
    }

    /** How often paying the intent has failed so far. */
    public static long failures(ObjectNode intent) {
        return Json.number(intent, Intents.FAILURES, 0);
    }

    private ObjectNode update(Call call) {
        var intent = call.tx().require(TYPE, call.id(), null);
        boolean settles = call.params().has("amount") || call.params().has("currency");
        if (settles || call.params().has("payment_method") || call.params().has("customer")) {
            IntentTerms.refuseUnlessOpen(intent, "could not be updated");
        }
        if (settles) {
            refuseOfInvoice(intent, "changed");
            intent.put("amount", Json.number(call.params(), "amount", Json.number(intent, "amount", 0)));
            var currency = call.text("currency");
            intent.put("currency", currency == null ? Json.need(intent, "currency") : currency);
            IntentTerms.refuseAmount(intent);
        }
        if (call.text("customer") != null) {
            intent.put("customer", Json.need(Customers.named(call), "id"));
        }
        if (call.params().has("payment_method_types")) {
            IntentTerms.writeMethods(call, intent);
        }
        fields.take(call, TYPE, intent, HANDLED, REFUSED);
        IntentTerms.writeOptions(call, intent);
        confirmation.choose(call, intent);
        call.tx().save(TYPE, intent);
        return intent;
    }

    private ObjectNode confirm(Call call) {
        var intent = call.tx().require(TYPE, call.id(), null);
        IntentTerms.refuseUnlessOpen(intent, "could not be confirmed");
        for (String field : Set.of("capture_method", "receipt_email", "setup_future_usage", "shipping")) {
            if (call.params().has(field)) {
                intent.set(field, call.params().get(field));
            }
        }
        REFUSED.stream().filter(call.params()::has).findFirst().ifPresent(param -> {
            throw ApiException.notCovered(param, call.operation());
        });
        IntentTerms.writeOptions(call, intent);
        confirmation.choose(call, intent);
        return confirmation.confirm(call, intent);
    }

    private ObjectNode capture(Call call) {
        var tx = call.tx();
        var intent = tx.require(TYPE, call.id(), null);
        var status = Json.need(intent, "status");
        if (!status.equals("requires_capture")) {
            throw IntentTerms.unexpected(
                    intent,
                    "This PaymentIntent could not be captured because it has a status of " + status
                            + ". Only a PaymentIntent with one of the following statuses may be captured: requires_capture.");
        }
        long capturable = Json.number(intent, "amount_capturable", 0);
        long amount = Json.number(call.params(), "amount_to_capture", capturable);
        if (amount < 1 || amount > capturable) {
            throw ApiException.invalid(
                    amount < 1 ? "parameter_invalid_integer" : "amount_too_large",
                    "The amount to capture must be from 1 to the amount capturable, " + capturable + "; got " + amount
                            + ".",
                    "amount_to_capture");
        }
        fields.take(
                call,
                TYPE,
                intent,
                Set.of("amount_to_capture"),
                Set.of("amount_details", "application_fee_amount", "final_capture", "hooks", "payment_details"));
        return captured(tx, intent, amount);
    }

    private ObjectNode captured(Transaction tx, ObjectNode intent, long amount) {
        var charge = tx.require(Charges.TYPE, Json.need(intent, "latest_charge"), null);
        var method = tx.require(PaymentMethods.TYPE, Json.need(intent, "payment_method"), null);
        charging.takeIn(tx, charge, amount);
        tx.save(Charges.TYPE, charge);
        tx.emit("charge.captured", charge);
        Intents.succeed(tx, intent, method, charge);
        return intent;
    }

    private static ObjectNode cancel(Call call) {
        var intent = call.tx().require(TYPE, call.id(), null);
        refuseOfInvoice(intent, "canceled");
        var reason = call.text("cancellation_reason");
        refuseUnlessCancelable(intent);
        Intents.cancel(call.tx(), intent, reason);
        return intent;
    }

    private static void refuseOfInvoice(ObjectNode intent, String what) {
        if (Json.flag(intent, OF_INVOICE)) {
            throw IntentTerms.unexpected(
                    intent,
                    "This PaymentIntent was created by an invoice and cannot be " + what
                            + " directly: change, pay or void the invoice.");
        }
    }

    private static void refuseUnlessCancelable(ObjectNode intent) {
        var status = Json.need(intent, "status");
        boolean settles = status.equals("processing") && !Json.flag(intent, "_neverEnds");
        if (settles || status.equals("succeeded") || status.equals("canceled")) {
            throw IntentTerms.unexpected(
                    intent,
                    "You cannot cancel this PaymentIntent because it has a status of " + status
                            + ". Only a PaymentIntent with one of the following statuses may be canceled: "
                            + "requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, "
                            + "requires_action, processing.");
        }
    }

    /**
     * Ends an invoice's intent unless it has succeeded or ended already.
     *
     * @throws ApiException when its payment is in processing, so that nobody knows yet whether money moved
     */
    public static void cancel(Transaction tx, String id, String reason) {
        var intent = tx.find(TYPE, id);
        var status = intent == null ? "succeeded" : Json.need(intent, "status");
        if (intent == null || status.equals("succeeded") || status.equals("canceled")) {
            return;
        }
        refuseUnlessCancelable(intent);
        Intents.cancel(tx, intent, reason);
    }
}
