package io.drawdown.sandbox.seed;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some customers on one test clock, and the months they live through.
 *
 * @param first place of the first one in the data set
 */
record CustomerGroup(DataSet data, int first, int size) {

    /** A clock goes no further at once than two of the shortest periods. */
    private static final int MONTHS_AT_ONCE = 2;

    /** Makes the calls; returns how many customers there are then. */
    int make(Api api, Catalog catalog) {
        Script.parse(lines(catalog)).run(api);
        return size;
    }

    private List<String> lines(Catalog catalog) {
        var stops = stops();
        var lives = IntStream.range(first, first + size)
                .mapToObj(place -> new CustomerLife(place, data.chanceOf(place), catalog, stops.size() - 1))
                .toList();
        var lines = new ArrayList<String>();
        lines.add("clock = POST /v1/test_helpers/test_clocks name=\"Customers from " + first + "\" frozen_time="
                + stops.getFirst().toEpochSecond());
        lives.forEach(life -> lines.addAll(life.begin()));
        for (int step = 0; step < stops.size() - 1; step++) {
            for (CustomerLife life : lives) {
                lines.addAll(life.before(step));
            }
            lines.add("POST /v1/test_helpers/test_clocks/$clock/advance frozen_time="
                    + stops.get(step + 1).toEpochSecond());
        }
        return lines;
    }

    /** From the begin to the end of the history. */
    private List<ZonedDateTime> stops() {
        var end = data.end().atZone(ZoneOffset.UTC);
        var begin = end.minusMonths(data.months());
        var stops = new ArrayList<ZonedDateTime>();
        for (int months = 0; months < data.months(); months += MONTHS_AT_ONCE) {
            stops.add(begin.plusMonths(months));
        }
        stops.add(end);
        return stops;
    }
}
