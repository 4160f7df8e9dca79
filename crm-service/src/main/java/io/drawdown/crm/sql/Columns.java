package io.drawdown.crm.sql;

import io.drawdown.crm.domain.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads and writes the column types that JDBC has no direct way for. */
public final class Columns {

    private Columns() {}

    /** The instant as {@code timestamptz} takes it. */
    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The instant of a column that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The amount of a column, if there is one, in the currency of another. */
    public static @Nullable Money money(ResultSet row, String amountColumn, String currencyColumn) throws SQLException {
        var amount = row.getBigDecimal(amountColumn);
        return amount == null ? null : new Money(amount, row.getString(currencyColumn));
    }

    /** The amount as {@code numeric} takes it, or null. */
    public static @Nullable BigDecimal amount(@Nullable Money money) {
        return money == null ? null : money.amount();
    }

    /** The currency as its column takes it, or null. */
    public static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency();
    }
}
