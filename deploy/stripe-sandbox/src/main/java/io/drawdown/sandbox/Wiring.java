package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Events;
import io.drawdown.sandbox.engine.Expansion;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.PaymentMethods;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Which resources there are: the one place to enter a new one. */
final class Wiring {

    private static final List<ResourceType> TYPES =
            List.of(Customers.TYPE, PaymentMethods.TYPE, PaymentIntents.TYPE, Charges.TYPE, WebhookEndpoints.TYPE);

    private Wiring() {}

    /** Every kind that the store keeps, with the paths that lists filter by. */
    static Map<String, List<String>> kinds() {
        var kinds = new HashMap<String, List<String>>();
        TYPES.forEach(type -> kinds.put(type.name(), type.keys()));
        kinds.putAll(Engine.kinds());
        kinds.putAll(Deliveries.kinds());
        return kinds;
    }

    static Routes routes(ApiDescription api) {
        var routes = new Routes(api);
        var fields = new Fields(api);
        new Customers(fields, PaymentMethods::attach).register(routes);
        new PaymentMethods(fields).register(routes);
        new WebhookEndpoints(fields, api.apiVersion()).register(routes);
        PaymentIntents.register(routes);
        Charges.register(routes);
        Events.register(routes);
        return routes;
    }

    static Expansion expansion(ApiDescription api) {
        return new Expansion(api, new HashSet<>(kinds().keySet()));
    }
}
