package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Packaging;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceKind;
import io.drawdown.crm.catalog.domain.PriceTier;
import io.drawdown.crm.catalog.domain.PricingScheme;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code price} and {@code price_tier}; the terms of credit are in {@link CreditTermsTable}. */
@Repository
class Prices {

    private final JdbcClient jdbc;
    private final CreditTermsTable terms;

    Prices(JdbcClient jdbc, CreditTermsTable terms) {
        this.jdbc = jdbc;
        this.terms = terms;
    }

    void store(Price price) {
        jdbc.sql("""
                        insert into price (price_id, product_id, kind, scheme, unit_amount, package_size, package_round_up,
                            currency, meter_id, active, credit_grant, seen_at, updated_at)
                        values (:id, :product, :kind, :scheme, :amount, :size, :up, :currency, :meter, :active,
                            :grant, :seen, :updated)
                        on conflict (price_id) do update
                            set product_id = :product, kind = :kind, scheme = :scheme, unit_amount = :amount,
                                package_size = :size, package_round_up = :up,
                                currency = :currency, meter_id = :meter, active = :active, credit_grant = :grant,
                                seen_at = :seen, updated_at = :updated""")
                .param("id", price.priceId())
                .param("product", price.productId())
                .param("kind", price.kind().name())
                .param("scheme", price.scheme().name())
                .param("amount", Columns.amount(price.unitAmount()))
                .param(
                        "size",
                        price.packaging() == null ? null : price.packaging().size())
                .param(
                        "up",
                        price.packaging() == null ? null : price.packaging().roundUp())
                .param("currency", price.currency())
                .param("meter", price.meterId())
                .param("active", price.active())
                .param("grant", price.creditGrant())
                .param("seen", Columns.timestamp(price.seenAt()))
                .param("updated", Columns.timestamp(price.updatedAt()))
                .update();
        storeTiers(price);
    }

    private void storeTiers(Price price) {
        jdbc.sql("delete from price_tier where price_id = ?")
                .param(price.priceId())
                .update();
        int place = 0;
        for (var tier : price.tiers()) {
            jdbc.sql("insert into price_tier (price_id, place, up_to, unit_amount, flat_amount) values (?, ?, ?, ?, ?)")
                    .param(price.priceId())
                    .param(place++)
                    .param(tier.upTo())
                    .param(tier.unitAmount())
                    .param(tier.flatAmount())
                    .update();
        }
    }

    Optional<Price> find(String priceId) {
        return jdbc.sql("select * from price where price_id = ?")
                .param(priceId)
                .query(this::price)
                .optional();
    }

    /** The price, locked until the transaction ends. */
    Optional<Price> lock(String priceId) {
        return jdbc.sql("select * from price where price_id = ? for update")
                .param(priceId)
                .query(this::price)
                .optional();
    }

    List<Price> list(Slice slice) {
        return jdbc.sql("""
                        select * from price where cast(:after as text) is null or price_id > :after
                        order by price_id limit :rows""")
                .param("after", slice.cursor())
                .param("rows", slice.rows())
                .query(this::price)
                .list();
    }

    private Price price(ResultSet row, int number) throws SQLException {
        var priceId = row.getString("price_id");
        return new Price(
                priceId,
                row.getString("product_id"),
                PriceKind.valueOf(row.getString("kind")),
                PricingScheme.valueOf(row.getString("scheme")),
                Columns.money(row, "unit_amount", "currency"),
                packaging(row),
                tiersOf(priceId),
                row.getString("currency"),
                row.getString("meter_id"),
                row.getBoolean("active"),
                row.getBoolean("credit_grant"),
                terms.of(priceId),
                Columns.instant(row, "seen_at"),
                Columns.instant(row, "updated_at"));
    }

    private static @Nullable Packaging packaging(ResultSet row) throws SQLException {
        var size = row.getLong("package_size");
        return row.wasNull() ? null : new Packaging(size, row.getBoolean("package_round_up"));
    }

    private List<PriceTier> tiersOf(String priceId) {
        return jdbc.sql("select * from price_tier where price_id = ? order by place")
                .param(priceId)
                .query((row, _) -> new PriceTier(
                        row.getBigDecimal("up_to"), row.getBigDecimal("unit_amount"), row.getBigDecimal("flat_amount")))
                .list();
    }
}
