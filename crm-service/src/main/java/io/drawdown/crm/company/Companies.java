package io.drawdown.crm.company;

import io.drawdown.crm.sql.Columns;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The companies, kept in table {@code company}. */
@Repository
public class Companies {

    private final JdbcClient jdbc;

    Companies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a company that is not there yet. */
    public void add(String companyId, String name, Instant createdAt) {
        jdbc.sql("insert into company (company_id, name, created_at) values (?, ?, ?)")
                .params(companyId, name, Columns.timestamp(createdAt))
                .update();
    }

    /** The name of a company that is there. */
    public String nameOf(String companyId) {
        return jdbc.sql("select name from company where company_id = ?")
                .param(companyId)
                .query(String.class)
                .single();
    }
}
