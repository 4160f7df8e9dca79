package io.drawdown.crm.lead;

import io.drawdown.crm.lead.domain.Lead;
import io.drawdown.crm.lead.domain.LeadStatus;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The leads, kept in table {@code lead}. */
@Repository
class Leads {

    private final JdbcClient jdbc;

    Leads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Lead lead) {
        jdbc.sql("""
                        insert into lead (lead_id, company_name, contact_name, email, source, owner, status,
                            created_at, updated_at)
                        values (:id, :company, :contact, :email, :source, :owner, :status, :created, :updated)""")
                .param("id", lead.leadId())
                .param("company", lead.companyName())
                .param("contact", lead.contactName())
                .param("email", lead.email())
                .param("source", lead.source())
                .param("owner", lead.owner())
                .param("status", lead.status().label())
                .param("created", Columns.timestamp(lead.createdAt()))
                .param("updated", Columns.timestamp(lead.updatedAt()))
                .update();
    }

    /** Writes what a step changes. The caller holds the row's lock. */
    void store(Lead lead) {
        jdbc.sql("""
                        update lead set status = :status, company_id = :company, opportunity_id = :opportunity,
                            updated_at = :updated
                        where lead_id = :id""")
                .param("id", lead.leadId())
                .param("status", lead.status().label())
                .param("company", lead.companyId())
                .param("opportunity", lead.opportunityId())
                .param("updated", Columns.timestamp(lead.updatedAt()))
                .update();
    }

    Optional<Lead> find(String leadId) {
        return jdbc.sql("select * from lead where lead_id = ?")
                .param(leadId)
                .query(Leads::lead)
                .optional();
    }

    /** The lead, locked until the transaction ends: a second step waits and then sees what the first did. */
    Optional<Lead> lock(String leadId) {
        return jdbc.sql("select * from lead where lead_id = ? for update")
                .param(leadId)
                .query(Leads::lead)
                .optional();
    }

    /** Newest first. */
    List<Lead> list(Slice slice) {
        return jdbc.sql("""
                        select * from lead where cast(:before as text) is null or lead_id < :before
                        order by lead_id desc limit :rows""")
                .param("before", slice.cursor())
                .param("rows", slice.rows())
                .query(Leads::lead)
                .list();
    }

    private static Lead lead(ResultSet row, int number) throws SQLException {
        return new Lead(
                row.getString("lead_id"),
                row.getString("company_name"),
                row.getString("contact_name"),
                row.getString("email"),
                row.getString("source"),
                row.getString("owner"),
                LeadStatus.of(row.getString("status")),
                row.getString("company_id"),
                row.getString("opportunity_id"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
