package io.drawdown.crm.opportunity;

import io.drawdown.crm.opportunity.domain.Opportunity;
import io.drawdown.crm.opportunity.domain.Stage;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The opportunities, kept in table {@code opportunity}. */
@Repository
public class Opportunities {

    private final JdbcClient jdbc;

    Opportunities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an opportunity that is not there yet; its lead and its company are. */
    public void add(Opportunity opportunity) {
        jdbc.sql("""
                        insert into opportunity (opportunity_id, lead_id, company_id, name, amount, currency, email,
                            owner, stage, created_at, updated_at)
                        values (:id, :lead, :company, :name, :amount, :currency, :email, :owner, :stage, :created,
                            :updated)""")
                .param("id", opportunity.opportunityId())
                .param("lead", opportunity.leadId())
                .param("company", opportunity.companyId())
                .param("name", opportunity.name())
                .param("amount", Columns.amount(opportunity.amount()))
                .param("currency", Columns.currency(opportunity.amount()))
                .param("email", opportunity.email())
                .param("owner", opportunity.owner())
                .param("stage", opportunity.stage().label())
                .param("created", Columns.timestamp(opportunity.createdAt()))
                .param("updated", Columns.timestamp(opportunity.updatedAt()))
                .update();
    }

    /** Writes what a step changes. The caller holds the row's lock. */
    void store(Opportunity opportunity) {
        jdbc.sql("""
                        update opportunity set stage = :stage, account_id = :account, updated_at = :updated
                        where opportunity_id = :id""")
                .param("id", opportunity.opportunityId())
                .param("stage", opportunity.stage().label())
                .param("account", opportunity.accountId())
                .param("updated", Columns.timestamp(opportunity.updatedAt()))
                .update();
    }

    Optional<Opportunity> find(String opportunityId) {
        return jdbc.sql("select * from opportunity where opportunity_id = ?")
                .param(opportunityId)
                .query(Opportunities::opportunity)
                .optional();
    }

    /** The opportunity, locked until the transaction ends: a second step waits and then sees what the first did. */
    Optional<Opportunity> lock(String opportunityId) {
        return jdbc.sql("select * from opportunity where opportunity_id = ? for update")
                .param(opportunityId)
                .query(Opportunities::opportunity)
                .optional();
    }

    /** Newest first. */
    List<Opportunity> list(Slice slice) {
        return jdbc.sql("""
                        select * from opportunity where cast(:before as text) is null or opportunity_id < :before
                        order by opportunity_id desc limit :rows""")
                .param("before", slice.cursor())
                .param("rows", slice.rows())
                .query(Opportunities::opportunity)
                .list();
    }

    private static Opportunity opportunity(ResultSet row, int number) throws SQLException {
        return new Opportunity(
                row.getString("opportunity_id"),
                row.getString("lead_id"),
                row.getString("company_id"),
                row.getString("name"),
                Columns.money(row, "amount", "currency"),
                row.getString("email"),
                row.getString("owner"),
                Stage.of(row.getString("stage")).orElseThrow(),
                row.getString("account_id"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
