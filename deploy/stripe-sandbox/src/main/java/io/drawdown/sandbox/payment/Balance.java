package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The account's balance: the sum of its balance transactions, by currency. */
public final class Balance {

    private Balance() {}

    /** Declares the operation. */
    public static void register(Routes routes) {
        routes.on("GET /v1/balance", Balance::read);
    }

    private static ObjectNode read(Call call) {
        var sums = new TreeMap<String, Long>();
        call.tx()
                .work()
                .all(BalanceTransactions.TYPE.name())
                .forEach(entry ->
                        sums.merge(Json.need(entry, "currency"), Json.number(entry, "net", 0), Math::addExact));
        var balance = Json.object().put("object", "balance");
        var available = balance.putArray("available");
        balance.put("livemode", false);
        var pending = balance.putArray("pending");
        sums.forEach((currency, net) -> {
            add(available, currency, net);
            add(pending, currency, 0);
        });
        return balance;
    }

    private static void add(ArrayNode amounts, String currency, long amount) {
        amounts.addObject()
                .put("amount", amount)
                .put("currency", currency)
                .putObject("source_types")
                .put("card", amount);
    }
}
