package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.invoice.InvoiceItems;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is billed once with a subscription's next invoice: {@code add_invoice_items}. */
final class ExtraItems {

    static final String PARAM = "add_invoice_items";
    private static final int MOST = 20;

    private final InvoiceItems items;

    ExtraItems(InvoiceItems items) {
        this.items = items;
    }

    /** Leaves them pending for the subscription, which is stored already. */
    void add(Call call, ObjectNode subscription) {
        var params = Json.list(call.params(), PARAM);
        if (params.size() > MOST) {
            throw ApiException.invalid(null, "At most " + MOST + " invoice items are added at once.", PARAM);
        }
        for (int i = 0; i < params.size(); i++) {
            var item = item(call, subscription, (ObjectNode) params.get(i), PARAM + "[" + i + "]");
            items.pending(new Call(call.tx(), "POST /v1/invoiceitems", call.path(), item));
        }
    }

    private static ObjectNode item(Call call, ObjectNode subscription, ObjectNode param, String path) {
        var item = param.deepCopy()
                .put("currency", Json.need(subscription, "currency"))
                .put("customer", Json.need(subscription, "customer"))
                .put("subscription", Json.need(subscription, "id"));
        item.remove(List.of("period", "price"));
        var price = Json.string(param, "price");
        if (price != null) {
            call.tx().require(Prices.TYPE, price, path + "[price]");
            item.putObject("pricing").put("price", price);
        } else if (!param.has("price_data")) {
            throw ApiException.missing(path + "[price]");
        }
        if (param.get("period") instanceof ObjectNode period) {
            item.set("period", period(subscription, period));
        }
        return item;
    }

    private static ObjectNode period(ObjectNode subscription, ObjectNode param) {
        var current = Subscriptions.period(subscription);
        return Json.object()
                .put("start", Json.number(param, "start.timestamp", current.start()))
                .put("end", Json.number(param, "end.timestamp", current.end()));
    }
}
