package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.catalog.CurrencyOptions;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.clock.TestClocks;
import io.drawdown.sandbox.connect.Accounts;
import io.drawdown.sandbox.connect.Connections;
import io.drawdown.sandbox.credit.CreditBalance;
import io.drawdown.sandbox.credit.CreditGrants;
import io.drawdown.sandbox.credit.CreditLedger;
import io.drawdown.sandbox.creditnote.CreditNotes;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.discount.Coupons;
import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.discount.PromotionCodes;
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
import io.drawdown.sandbox.invoice.LineEdits;
import io.drawdown.sandbox.invoice.Settlement;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.meter.MeterProcessing;
import io.drawdown.sandbox.meter.Metering;
import io.drawdown.sandbox.meter.Meters;
import io.drawdown.sandbox.payment.ArrangedOutcomes;
import io.drawdown.sandbox.payment.Authentications;
import io.drawdown.sandbox.payment.Balance;
import io.drawdown.sandbox.payment.BalanceTransactions;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.Charging;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.PaymentMethods;
import io.drawdown.sandbox.payment.Setup;
import io.drawdown.sandbox.payment.SetupIntents;
import io.drawdown.sandbox.refund.Refunds;
import io.drawdown.sandbox.search.Search;
import io.drawdown.sandbox.seed.Seeding;
import io.drawdown.sandbox.subscription.Schedules;
import io.drawdown.sandbox.subscription.Subscribing;
import io.drawdown.sandbox.subscription.SubscriptionItems;
import io.drawdown.sandbox.subscription.Subscriptions;
import io.drawdown.sandbox.tax.Registrations;
import io.drawdown.sandbox.tax.TaxIds;
import io.drawdown.sandbox.tax.TaxRates;
import io.drawdown.sandbox.tax.TaxSettings;
import io.drawdown.sandbox.v2.ThinEvents;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.EventDestinations;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
            SetupIntents.TYPE,
            Setup.ATTEMPTS,
            Charges.TYPE,
            Refunds.TYPE,
            Accounts.TYPE,
            Disputes.TYPE,
            BalanceTransactions.TYPE,
            Coupons.TYPE,
            PromotionCodes.TYPE,
            Discounts.TYPE,
            TaxRates.TYPE,
            TaxIds.TYPE,
            Registrations.TYPE,
            TaxSettings.TYPE,
            CustomerBalance.TYPE,
            CreditGrants.TYPE,
            CreditLedger.TYPE,
            CreditNotes.TYPE,
            WebhookEndpoints.TYPE,
            EventDestinations.TYPE,
            ThinEvents.TYPE,
            Subscriptions.TYPE,
            SubscriptionItems.TYPE,
            Schedules.TYPE,
            Clocks.TYPE);

    private final ApiDescription api;
    private final SandboxSettings settings;
    private final Finalization finalization = new Finalization();
    private final Collection collection;
    private final Charging charging;
    private final Setup setup;
    private final Disputing disputing;
    private final Drafts drafts = new Drafts();
    private final Fields fields;
    private final Prices prices;
    private final InvoiceItems items;
    private final Subscribing subscribing;
    private final Customers customers;
    private final TestClocks testClocks;

    /** Takes the sandbox's own address, which is known once it listens. */
    Wiring(ApiDescription api, SandboxSettings settings, Supplier<String> baseUrl) {
        this.api = api;
        this.settings = settings;
        this.charging = new Charging(settings.payments(), baseUrl);
        this.setup = new Setup(baseUrl);
        this.collection =
                new Collection(finalization, charging, settings.subscriptions().retries());
        this.disputing = new Disputing(settings.payments());
        this.fields = new Fields(api);
        this.prices = new Prices(fields);
        this.items = new InvoiceItems(fields, drafts, prices);
        this.subscribing = new Subscribing(
                settings.subscriptions(),
                settings.clocks(),
                new Billing(drafts),
                finalization,
                collection,
                fields,
                prices,
                items);
        this.customers = new Customers(
                fields,
                PaymentMethods::attach,
                subscribing.cancellation()::endAllOf,
                List.of(CustomerBalance::follow, TaxIds::follow),
                settings.clocks());
        this.testClocks = new TestClocks(Subscriptions::reach, customers, settings.clocks());
    }

    Disputing disputing() {
        return disputing;
    }

    Authentications authentications() {
        return new Authentications(charging, setup);
    }

    /** Every kind that the store keeps, with the paths that lists filter by. */
    static Map<String, List<String>> kinds() {
        var kinds = new HashMap<String, List<String>>();
        TYPES.forEach(type -> kinds.put(type.name(), withAgenda(type.keys())));
        kinds.putAll(Engine.kinds());
        kinds.putAll(Deliveries.kinds());
        kinds.putAll(Seeding.kinds());
        kinds.putAll(MeterProcessing.kinds());
        kinds.putAll(ArrangedOutcomes.kinds());
        kinds.putAll(Connections.kinds());
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
        CreditGrants.register(agenda);
        subscribing.register(agenda);
        new Advancement(finalization, collection, settings.subscriptions().webhookPatience()).register(agenda);
        PaymentIntents.register(agenda, charging);
        Refunds.register(agenda);
        disputing.register(agenda);
        testClocks.register(agenda);
        return agenda;
    }

    /** What one resource does because of what happened to another. */
    Reactions reactions() {
        var reactions = new Reactions();
        new Settlement(collection).register(reactions);
        subscribing.register(reactions);
        return reactions;
    }

    Routes routes() {
        var routes = new Routes(api);
        var refunds = new Refunds(fields, settings.payments());
        customers.register(routes);
        testClocks.register(routes);
        new PaymentMethods(fields).register(routes);
        new WebhookEndpoints(fields, settings.webhooks().maxEndpoints()).register(routes);
        new EventDestinations(api, settings.webhooks().maxEndpoints()).register(routes);
        prices.register(routes);
        new Products(fields, prices).register(routes);
        registerMoney(routes, fields, refunds);
        Metering.register(routes, fields, settings.meters(), InstantSource.system());
        items.register(routes);
        new LineEdits(fields, drafts, items).register(routes);
        new Invoices(fields, drafts).register(routes);
        finalization.register(routes);
        subscribing.register(routes);
        collection.register(routes);
        Endings.register(routes, finalization);
        InvoicePayments.register(routes);
        new PaymentIntents(fields, charging).register(routes);
        new SetupIntents(fields, setup).register(routes);
        new Charges(fields).register(routes);
        refunds.register(routes);
        new Disputes(fields, disputing).register(routes);
        Balance.register(routes);
        Accounts.register(routes);
        new Search(settings.search()).register(routes, TYPES);
        BalanceTransactions.register(routes);
        Events.register(routes);
        ThinEvents.register(routes);
        return routes;
    }

    static Expansion expansion(ApiDescription api) {
        return new Expansion(api, new HashSet<>(kinds().keySet()))
                .including("invoice.payments", InvoicePayments::of)
                .including("price.tiers", Prices::tiers)
                .including("charge.refunds", Refunds::of)
                .including("price.currency_options", CurrencyOptions::of)
                .including("coupon.applies_to", Coupons::appliesTo)
                .including("coupon.currency_options", Coupons::currencyOptions)
                .including("customer.invoice_credit_balance", CustomerBalance::credits)
                .including("customer.subscriptions", Subscriptions::of)
                .including("invoice.confirmation_secret", InvoicePayments::confirmationSecret)
                .including("customer.sources", (_, customer) -> emptyList(customer, "/v1/customers/", "/sources"))
                .including("customer.tax_ids", TaxIds::of);
    }

    /** What goes into an invoice's amounts. */
    private static void registerMoney(Routes routes, Fields fields, Refunds refunds) {
        new Coupons(fields).register(routes);
        new PromotionCodes(fields).register(routes);
        Discounts.register(routes);
        new TaxRates(fields).register(routes);
        new TaxSettings(fields).register(routes);
        TaxIds.register(routes);
        Registrations.register(routes);
        new CustomerBalance(fields).register(routes);
        new CreditGrants(fields).register(routes);
        CreditBalance.register(routes);
        new CreditNotes(fields, refunds).register(routes);
    }

    private static JsonNode emptyList(ObjectNode owner, String before, String after) {
        return Listing.list(List.of(), false, before + Json.need(owner, "id") + after);
    }
}
