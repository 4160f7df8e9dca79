package io.drawdown.wallet.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.api.MoneyJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement: opening and all movements are closing.
 *
 * @param from inclusive
 * @param to exclusive
 * @param closed whether this statement will never change; that is two minutes after its end
 * @param entries how many entries of the ledger are in it, what was due and will be recorded within a moment among them
 * @param entriesCursor what to give the ledger as {@code cursor} to read these entries from the first on
 */
record StatementJson(
        String walletId,
        String accountId,
        String currency,
        Instant from,
        Instant to,
        boolean closed,
        MoneyJson opening,
        List<MovementJson> movements,
        MoneyJson closing,
        long entries,
        String entriesCursor) {

    static StatementJson of(Statement statement, boolean closed) {
        var wallet = statement.wallet();
        return new StatementJson(
                wallet.id().value(),
                wallet.accountId().value(),
                wallet.currency().getCurrencyCode(),
                statement.from(),
                statement.to(),
                closed,
                MoneyJson.of(statement.opening()),
                statement.movements().stream().map(MovementJson::of).toList(),
                MoneyJson.of(statement.closing()),
                statement.entries(),
                Long.toString(statement.firstSequence() - 1));
    }

    /**
     * @param kind such as {@code DRAWN_DOWN}
     * @param count how many usage events for what was drawn down, else how many entries
     * @param amount what it added to the balance; negative for what it took
     */
    @JsonInclude(Include.NON_NULL)
    record MovementJson(
            String kind,
            @Nullable String meterId,
            long count,
            @Nullable String quantity,
            MoneyJson amount) {

        private static MovementJson of(Movement movement) {
            var quantity = movement.quantity();
            return new MovementJson(
                    movement.key().kind().name(),
                    movement.key().meterId(),
                    movement.count(),
                    quantity == null ? null : quantity.toPlainString(),
                    MoneyJson.of(movement.amount()));
        }
    }
}
