package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceKind;
import io.drawdown.crm.catalog.domain.PricingScheme;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code price}. */
@Repository
class Prices {

    private final JdbcClient jdbc;

    Prices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void store(Price price) {
        jdbc.sql("""
                        insert into price (price_id, product_id, kind, scheme, unit_amount, currency, meter_id, active,
                            credit_grant, seen_at, updated_at)
                        values (:id, :product, :kind, :scheme, :amount, :currency, :meter, :active, :grant, :seen,
                            :updated)
                        on conflict (price_id) do update
                            set product_id = :product, kind = :kind, scheme = :scheme, unit_amount = :amount,
                                currency = :currency, meter_id = :meter, active = :active, credit_grant = :grant,
                                seen_at = :seen, updated_at = :updated""")
                .param("id", price.priceId())
                .param("product", price.productId())
                .param("kind", price.kind().name())
                .param("scheme", price.scheme().name())
                .param("amount", Columns.amount(price.unitAmount()))
                .param("currency", price.currency())
                .param("meter", price.meterId())
                .param("active", price.active())
                .param("grant", price.creditGrant())
                .param("seen", Columns.timestamp(price.seenAt()))
                .param("updated", Columns.timestamp(price.updatedAt()))
                .update();
    }

    Optional<Price> find(String priceId) {
        return jdbc.sql("select * from price where price_id = ?")
                .param(priceId)
                .query(Prices::price)
                .optional();
    }

    /** The price, locked until the transaction ends. */
    Optional<Price> lock(String priceId) {
        return jdbc.sql("select * from price where price_id = ? for update")
                .param(priceId)
                .query(Prices::price)
                .optional();
    }

    List<Price> list(Slice slice) {
        return jdbc.sql("""
                        select * from price where cast(:after as text) is null or price_id > :after
                        order by price_id limit :rows""")
                .param("after", slice.cursor())
                .param("rows", slice.rows())
                .query(Prices::price)
                .list();
    }

    private static Price price(ResultSet row, int number) throws SQLException {
        return new Price(
                row.getString("price_id"),
                row.getString("product_id"),
                PriceKind.valueOf(row.getString("kind")),
                PricingScheme.valueOf(row.getString("scheme")),
                Columns.money(row, "unit_amount", "currency"),
                row.getString("currency"),
                row.getString("meter_id"),
                row.getBoolean("active"),
                row.getBoolean("credit_grant"),
                Columns.instant(row, "seen_at"),
                Columns.instant(row, "updated_at"));
    }
}
