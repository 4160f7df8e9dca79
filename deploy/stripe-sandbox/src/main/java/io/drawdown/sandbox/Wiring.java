package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.clock.TestClocks;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.dispute.Disputes;
import io.drawdown.sandbox.dispute.Disputing;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Clocks;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Events;
import io.drawdown.sandbox.engine.Expansion;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reactions;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.invoice.Advancement;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Collection;
import io.drawdown.sandbox.invoice.Drafts;
import io.drawdown.sandbox.invoice.Endings;
import io.drawdown.sandbox.invoice.Finalization;
import io.drawdown.sandbox.invoice.InvoiceItems;
import io.drawdown.sandbox.invoice.InvoicePayments;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.meter.MeterEvents;
import io.drawdown.sandbox.meter.MeterProcessing;
import io.drawdown.sandbox.meter.Meters;
import io.drawdown.sandbox.meter.Summaries;
import io.drawdown.sandbox.payment.Balance;
import io.drawdown.sandbox.payment.BalanceTransactions;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.Charging;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.PaymentMethods;
import io.drawdown.sandbox.refund.Refunds;
import io.drawdown.sandbox.subscription.Subscribing;
import io.drawdown.sandbox.subscription.SubscriptionItems;
import io.drawdown.sandbox.subscription.Subscriptions;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which resources there are: the one place to enter a new one. */
final class Wiring {

    private static final List<ResourceType> TYPES = List.of(
            Customers.TYPE,
            Products.TYPE,
            Prices.TYPE,
            Meters.TYPE,
            InvoiceItems.TYPE,
            Invoices.TYPE,
            InvoicePayments.TYPE,
            PaymentMethods.TYPE,
            PaymentIntents.TYPE,
            Charges.TYPE,
            Refunds.TYPE,
            Disputes.TYPE,
            BalanceTransactions.TYPE,
            WebhookEndpoints.TYPE,
            Subscriptions.TYPE,
            SubscriptionItems.TYPE,
            Clocks.TYPE);

    private final ApiDescription api;
    private final SandboxSettings settings;
    private final Finalization finalization = new Finalization();
    private final Collection collection;
    private final Disputing disputing;
    private final Drafts drafts = new Drafts();
    private final Subscribing subscribing;

    Wiring(ApiDescription api, SandboxSettings settings) {
        this.api = api;
        this.settings = settings;
        this.collection = new Collection(finalization, new Charging(settings.payments()));
        this.disputing = new Disputing(settings.payments());
        this.subscribing = new Subscribing(settings.subscriptions(), new Billing(drafts), finalization, collection);
    }

    /** Every kind that the store keeps, with the paths that lists filter by. */
    static Map<String, List<String>> kinds() {
        var kinds = new HashMap<String, List<String>>();
        TYPES.forEach(type -> kinds.put(type.name(), withAgenda(type.keys())));
        kinds.putAll(Engine.kinds());
        kinds.putAll(Deliveries.kinds());
        kinds.putAll(MeterProcessing.kinds());
        return kinds;
    }

    private static List<String> withAgenda(List<String> keys) {
        return Stream.concat(keys.stream(), Agenda.KEYS.stream()).toList();
    }

    static Clocks clocks() {
        return new Clocks(TYPES);
    }

    /** What happens by itself; of two things due at the same instant, the one declared first happens first. */
    Agenda agenda() {
        var agenda = new Agenda();
        subscribing.register(agenda);
        new Advancement(finalization, collection).register(agenda);
        Refunds.register(agenda);
        disputing.register(agenda);
        return agenda;
    }

    /** What one resource does because of what happened to another. */
    Reactions reactions() {
        var reactions = new Reactions();
        subscribing.register(reactions);
        return reactions;
    }

    Routes routes() {
        var routes = new Routes(api);
        var fields = new Fields(api);
        var prices = new Prices(fields);
        var customers = new Customers(fields, PaymentMethods::attach, subscribing.cancellation()::endAllOf);
        customers.register(routes);
        new TestClocks(Subscriptions::reach, customers).register(routes);
        new PaymentMethods(fields).register(routes);
        new WebhookEndpoints(fields, api.apiVersion()).register(routes);
        prices.register(routes);
        new Products(fields, prices).register(routes);
        new Meters(fields).register(routes);
        new MeterEvents(settings.meters(), InstantSource.system()).register(routes);
        new Summaries(InstantSource.system()).register(routes);
        new InvoiceItems(fields, drafts).register(routes);
        new Invoices(fields, drafts).register(routes);
        finalization.register(routes);
        subscribing.register(routes, fields, prices);
        collection.register(routes);
        Endings.register(routes);
        InvoicePayments.register(routes);
        PaymentIntents.register(routes);
        new Charges(fields).register(routes);
        new Refunds(fields, settings.payments()).register(routes);
        new Disputes(fields, disputing).register(routes);
        Balance.register(routes);
        BalanceTransactions.register(routes);
        Events.register(routes);
        return routes;
    }

    static Expansion expansion(ApiDescription api) {
        return new Expansion(api, new HashSet<>(kinds().keySet()))
                .including("invoice.payments", InvoicePayments::of)
                .including("price.tiers", Prices::tiers)
                .including("charge.refunds", Refunds::of)
                .including("customer.subscriptions", Subscriptions::of)
                .including("invoice.confirmation_secret", InvoicePayments::confirmationSecret)
                .including("customer.sources", (_, customer) -> emptyList(customer, "/v1/customers/", "/sources"))
                .including("customer.tax_ids", (_, customer) -> emptyList(customer, "/v1/customers/", "/tax_ids"));
    }

    private static JsonNode emptyList(ObjectNode owner, String before, String after) {
        return Listing.list(List.of(), false, before + Json.need(owner, "id") + after);
    }
}
