package io.drawdown.reporting.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report that can also be read as a table, by a spreadsheet. */
interface Tabular {

    /** The names of the columns, in snake case. */
    List<String> columns();

    /** The rows, each with as many cells as there are columns; an absent value is null. */
    List<List<@Nullable String>> cells();
}
