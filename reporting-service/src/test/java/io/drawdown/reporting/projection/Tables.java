package io.drawdown.reporting.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that the projections hold, as text, in an order of their own. */
final class Tables {

    private static final List<String> NAMES = List.of(
            "account",
            "invoice",
            "invoice_line",
            "payment",
            "failed_replenishment",
            "wallet",
            "wallet_usage",
            "activity");

    private Tables() {}

    static Map<String, List<String>> dump(JdbcClient jdbc) {
        var tables = new LinkedHashMap<String, List<String>>();
        NAMES.forEach(name -> tables.put(name, rows(jdbc, "select t::text from " + name + " t order by 1")));
        tables.put("position", rows(jdbc, "select (topic, partition, next_offset)::text from position order by 1"));
        return tables;
    }

    private static List<String> rows(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
