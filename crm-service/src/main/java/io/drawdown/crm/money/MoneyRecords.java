package io.drawdown.crm.money;

import io.drawdown.crm.domain.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money on the wire. */
public final class MoneyRecords {

    private MoneyRecords() {}

    /** The Avro form of the amount, if there is one. */
    public static io.drawdown.events.@Nullable Money toRecord(@Nullable Money money) {
        return money == null ? null : new io.drawdown.events.Money(money.numeral(), money.currency());
    }

    /**
     * The exact amount of the Avro form, if there is one.
     *
     * @throws NumberFormatException when the sender broke the contract and sent no numeral
     */
    public static @Nullable Money fromRecord(io.drawdown.events.@Nullable Money sent) {
        return sent == null ? null : new Money(new BigDecimal(sent.getAmount()), sent.getCurrency());
    }
}
