package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Aggregation;
import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.PriceMapping;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code meter} and {@code price_mapping}. */
@Repository
class Meters {

    private final JdbcClient jdbc;

    Meters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes everything but the mappings. */
    void store(Meter meter) {
        jdbc.sql("""
                        insert into meter (meter_id, event_name, display_name, aggregation, value_key, active, seen_at,
                            updated_at)
                        values (:id, :event, :display, :aggregation, :key, :active, :seen, :updated)
                        on conflict (meter_id) do update
                            set event_name = :event, display_name = :display, aggregation = :aggregation,
                                value_key = :key, active = :active, seen_at = :seen, updated_at = :updated""")
                .param("id", meter.meterId())
                .param("event", meter.eventName())
                .param("display", meter.displayName())
                .param("aggregation", meter.aggregation().name())
                .param("key", meter.valueKey())
                .param("active", meter.active())
                .param("seen", Columns.timestamp(meter.seenAt()))
                .param("updated", Columns.timestamp(meter.updatedAt()))
                .update();
    }

    /** Writes the mapping in the place of one of the same instant, if there is one. */
    void map(String meterId, PriceMapping mapping) {
        jdbc.sql("""
                        insert into price_mapping (meter_id, effective_at, price_id, product_id)
                        values (:meter, :effective, :price, :product)
                        on conflict (meter_id, effective_at) do update
                            set price_id = :price, product_id = :product""")
                .param("meter", meterId)
                .param("effective", Columns.timestamp(mapping.effectiveAt()))
                .param("price", mapping.priceId())
                .param("product", mapping.productId())
                .update();
    }

    Optional<Meter> find(String meterId) {
        return jdbc.sql("select * from meter where meter_id = ?")
                .param(meterId)
                .query(this::meter)
                .optional();
    }

    /** The meter, locked until the transaction ends; its mappings are read under the lock. */
    Optional<Meter> lock(String meterId) {
        return jdbc.sql("select * from meter where meter_id = ? for update")
                .param(meterId)
                .query(this::meter)
                .optional();
    }

    List<Meter> list(Slice slice) {
        return jdbc.sql("""
                        select * from meter where cast(:after as text) is null or meter_id > :after
                        order by meter_id limit :rows""")
                .param("after", slice.cursor())
                .param("rows", slice.rows())
                .query(this::meter)
                .list();
    }

    private Meter meter(ResultSet row, int number) throws SQLException {
        var meterId = row.getString("meter_id");
        return new Meter(
                meterId,
                row.getString("event_name"),
                row.getString("display_name"),
                Aggregation.valueOf(row.getString("aggregation")),
                row.getString("value_key"),
                row.getBoolean("active"),
                mappingsOf(meterId),
                Columns.instant(row, "seen_at"),
                Columns.instant(row, "updated_at"));
    }

    private List<PriceMapping> mappingsOf(String meterId) {
        return jdbc.sql("select * from price_mapping where meter_id = ?")
                .param(meterId)
                .query((row, _) -> new PriceMapping(
                        row.getString("price_id"), row.getString("product_id"), Columns.instant(row, "effective_at")))
                .list();
    }
}
