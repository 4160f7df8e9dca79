package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.CreditTerms;
import io.drawdown.crm.catalog.domain.CreditTerms.Bonus;
import io.drawdown.crm.catalog.domain.CreditTerms.Rollover;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code credit_terms}. */
@Repository
class CreditTermsTable {

    private final JdbcClient jdbc;

    CreditTermsTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the terms in the place of those of the same instant, if there are any. */
    void store(String priceId, CreditTerms terms) {
        var bonus = terms.bonus();
        var rollover = terms.rollover();
        jdbc.sql("""
                        insert into credit_terms (price_id, effective_at, valid_for, meter_ids, priority, bonus_share,
                            bonus_per_unit, rollover_amount, rollover_share, rollover_for)
                        values (:price, :effective, :valid, :meters, :priority, :share, :unit, :most, :mostShare, :for)
                        on conflict (price_id, effective_at) do update
                            set valid_for = :valid, meter_ids = :meters, priority = :priority, bonus_share = :share,
                                bonus_per_unit = :unit, rollover_amount = :most, rollover_share = :mostShare,
                                rollover_for = :for""")
                .param("price", priceId)
                .param("effective", Columns.timestamp(terms.effectiveAt()))
                .param(
                        "valid",
                        terms.validFor() == null ? null : terms.validFor().toString())
                .param("meters", terms.meterIds().toArray(String[]::new))
                .param("priority", terms.priority())
                .param("share", bonus == null ? null : bonus.share())
                .param("unit", bonus == null ? null : bonus.perUnit())
                .param("most", rollover == null ? null : rollover.mostAmount())
                .param("mostShare", rollover == null ? null : rollover.mostShare())
                .param("for", rollover == null ? null : rollover.validFor().toString())
                .update();
    }

    List<CreditTerms> of(String priceId) {
        return jdbc.sql("select * from credit_terms where price_id = ?")
                .param(priceId)
                .query((row, _) -> terms(row))
                .list();
    }

    private static CreditTerms terms(ResultSet row) throws SQLException {
        var validFor = row.getString("valid_for");
        return new CreditTerms(
                Columns.instant(row, "effective_at"),
                validFor == null ? null : Period.parse(validFor),
                List.of((String[]) row.getArray("meter_ids").getArray()),
                row.getInt("priority"),
                bonus(row),
                rollover(row));
    }

    private static @Nullable Bonus bonus(ResultSet row) throws SQLException {
        var share = row.getBigDecimal("bonus_share");
        var perUnit = row.getBigDecimal("bonus_per_unit");
        return share == null && perUnit == null ? null : new Bonus(share, perUnit);
    }

    private static @Nullable Rollover rollover(ResultSet row) throws SQLException {
        var validFor = row.getString("rollover_for");
        return validFor == null
                ? null
                : new Rollover(
                        row.getBigDecimal("rollover_amount"),
                        row.getBigDecimal("rollover_share"),
                        Period.parse(validFor));
    }
}
