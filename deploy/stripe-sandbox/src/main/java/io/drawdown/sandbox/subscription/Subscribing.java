package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reactions;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Collection;
import io.drawdown.sandbox.invoice.Finalization;
import io.drawdown.sandbox.invoice.InvoiceItems;

/** All about subscriptions, put together. */
public final class Subscribing {

    private final Billing billing;
    private final FirstPayment payment;
    private final Subscriptions subscriptions;
    private final Cancellation cancellation;
    private final Changes changes;
    private final Creation creation;
    private final Revision revision;
    private final Phases phases;
    private final ScheduleRun schedules;
    private final Fields fields;

    public Subscribing(
            SubscriptionSettings settings,
            ClockSettings clocks,
            Billing billing,
            Finalization finalization,
            Collection collection,
            Fields fields,
            Prices prices,
            InvoiceItems invoiceItems) {
        this.billing = billing;
        this.fields = fields;
        var items = new SubscriptionItems(prices);
        var extras = new ExtraItems(invoiceItems);
        payment = new FirstPayment(billing, finalization, collection);
        subscriptions = new Subscriptions(settings);
        cancellation = new Cancellation(subscriptions, billing, payment);
        revision = new Revision(subscriptions, payment);
        changes = new Changes(subscriptions, items, fields, revision, extras);
        creation = new Creation(subscriptions, items, fields, payment, extras, clocks);
        phases = new Phases(items);
        schedules = new ScheduleRun(subscriptions, creation, changes, cancellation);
    }

    /** For whoever ends subscriptions with something else. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        subscriptions.register(routes);
        creation.register(routes);
        changes.register(routes);
        cancellation.register(routes);
        new ItemOperations(changes).register(routes);
        new Resumption(subscriptions, payment).register(routes);
        new Previews(billing, creation, changes, revision).register(routes);
        new Schedules(phases, schedules, fields).register(routes);
    }

    /** Declares what happens by itself: a phase that begins when a period does begins before it. */
    public void register(Agenda agenda) {
        schedules.register(agenda);
        new Lifecycle(subscriptions, billing, cancellation, new Upcoming(billing)).register(agenda);
    }

    /** Declares what follows from what happens to invoices and subscriptions. */
    public void register(Reactions reactions) {
        new Standing(subscriptions, cancellation).register(reactions);
        ScheduleRun.register(reactions);
    }
}
