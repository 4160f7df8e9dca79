package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every movement of the account's own money: payments in, refunds and disputes out. Their net amounts add up to the
 * balance. Funds are available at once, which is our choice: nothing here pays out.
 */
public final class BalanceTransactions {

    public static final ResourceType TYPE = new ResourceType(
            "balance_transaction",
            "txn",
            "/v1/balance_transactions",
            "balance transaction",
            "created",
            "currency",
            "source",
            "type");

    /** What moves money; each has its place in Stripe's own reports. */
    public enum Movement {
        CHARGE("charge", "charge"),
        REFUND("refund", "refund"),
        REFUND_FAILURE("refund_failure", "refund_failure"),
        DISPUTE("adjustment", "dispute"),
        DISPUTE_REVERSAL("adjustment", "dispute_reversal");

        private final String type;
        private final String category;

        Movement(String type, String category) {
            this.type = type;
            this.category = category;
        }
    }

    private BalanceTransactions() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/balance_transactions", Reading.list(TYPE))
                .on("GET /v1/balance_transactions/{id}", Reading.retrieve(TYPE));
    }

    /**
     * Records a movement.
     *
     * @param amount in the minor unit; negative leaves the account
     * @param fee in the minor unit, kept from the amount; negative is given back
     * @param source id of the charge, refund or dispute that moves it
     */
    public static ObjectNode record(
            Transaction tx,
            Movement movement,
            long amount,
            long fee,
            String currency,
            String source,
            @Nullable String description) {
        var entry = Json.object()
                .put("amount", amount)
                .put("available_on", tx.now())
                .put("balance_type", "payments")
                .put("currency", currency)
                .put("description", description)
                .put("fee", fee)
                .put("net", Math.subtractExact(amount, fee))
                .put("reporting_category", movement.category)
                .put("source", source)
                .put("status", "available")
                .put("type", movement.type);
        if (fee != 0) {
            writeFee(entry, fee, currency, movement);
        }
        return tx.create(TYPE, entry, null);
    }

    private static void writeFee(ObjectNode entry, long fee, String currency, Movement movement) {
        entry.putArray("fee_details")
                .addObject()
                .put("amount", fee)
                .put("currency", currency)
                .put("description", movement == Movement.CHARGE ? "Stripe processing fees" : "Dispute fee")
                .put("type", "stripe_fee");
    }
}
