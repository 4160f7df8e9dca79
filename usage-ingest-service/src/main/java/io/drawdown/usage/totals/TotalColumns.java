package io.drawdown.usage.totals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Columns of totals as the rest of the service has them. */
final class TotalColumns {

    private TotalColumns() {}

    static SortedMap<String, String> dimensions(JsonMapper json, String text) {
        return json.readValue(text, new TypeReference<TreeMap<String, String>>() {});
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
