package io.drawdown.support.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A time zone in which hours, days and months are counted, made to be asked of every event: the answers given last are remembered, and
 * giving one again makes nothing anew. There is one object for each zone, safe for use by several threads.
 *
 * <p>A day lasts from its first midnight to that of the next day, a month from the first midnight of its first day: they adjoin
 * one another, also where the clock goes back over such a midnight and the end of the old day is shown twice. An hour lasts while the clock
 * shows it, and no longer than until the clock is changed; so a day consists of whole hours, mostly 24, and a month of days. A local
 * time that does not exist, or exists twice, is resolved as {@link ZonedDateTime} does.
 */
public final class Zone {

    private static final Map<String, Zone> KNOWN = new ConcurrentHashMap<>();
    private static final long SECONDS_OF_HOUR = 3_600;

    public static final Zone UTC = of("UTC");

    private final ZoneId id;
    private final Recent<Month> months = new Recent<>();
    private final Recent<Plain> days = new Recent<>();
    private final Recent<Plain> hours = new Recent<>();

    private Zone(ZoneId id) {
        this.id = id;
    }

    /**
     * The zone of a name that has been checked before. What people give is read by {@link Regions}.
     *
     * @throws java.time.DateTimeException if this JDK does not know it
     */
    public static Zone of(String id) {
        var known = KNOWN.get(id);
        return known == null ? KNOWN.computeIfAbsent(id, _ -> new Zone(ZoneId.of(id))) : known;
    }

    public String id() {
        return id.getId();
    }

    /** What the clock shows there. */
    public ZonedDateTime at(Instant instant) {
        return instant.atZone(id);
    }

    /** The month that an instant is in. */
    public YearMonth monthOf(Instant instant) {
        return monthAt(instant).month;
    }

    /** When a month begins. Found anew each time. */
    public Instant startOf(YearMonth month) {
        return wholeMonth(month).interval.start();
    }

    /** When the next month begins. Found anew each time. */
    public Instant endOf(YearMonth month) {
        return wholeMonth(month).interval.end();
    }

    /** The month that an instant is in, from its start to its end. */
    public Interval month(Instant instant) {
        return monthAt(instant).interval;
    }

    /** The day that an instant is in. */
    public Interval day(Instant instant) {
        var known = days.at(instant);
        return known == null ? days.keep(new Plain(findDay(instant))).interval : known.interval;
    }

    /** The hour that an instant is in. */
    public Interval hour(Instant instant) {
        var known = hours.at(instant);
        return known == null ? hours.keep(new Plain(findHour(instant))).interval : known.interval;
    }

    private Month monthAt(Instant instant) {
        var known = months.at(instant);
        return known == null ? months.keep(findMonth(instant)) : known;
    }

    private Month findMonth(Instant instant) {
        var shown = wholeMonth(YearMonth.from(at(instant)));
        return instant.isBefore(shown.interval.end()) ? shown : wholeMonth(shown.month.plusMonths(1));
    }

    private Month wholeMonth(YearMonth month) {
        return new Month(
                month,
                new Interval(
                        midnight(month.atDay(1)), midnight(month.plusMonths(1).atDay(1))));
    }

    private Interval findDay(Instant instant) {
        var date = at(instant).toLocalDate();
        while (!instant.isBefore(midnight(date.plusDays(1)))) {
            date = date.plusDays(1);
        }
        return new Interval(midnight(date), midnight(date.plusDays(1)));
    }

    private Instant midnight(LocalDate date) {
        return date.atStartOfDay(id).toInstant();
    }

    private Interval findHour(Instant instant) {
        long offset = id.getRules().getOffset(instant).getTotalSeconds();
        long shown = Math.floorDiv(instant.getEpochSecond() + offset, SECONDS_OF_HOUR) * SECONDS_OF_HOUR;
        var start = Instant.ofEpochSecond(shown - offset);
        var end = start.plusSeconds(SECONDS_OF_HOUR);
        var before = id.getRules().previousTransition(instant.plusNanos(1));
        var after = id.getRules().nextTransition(instant);
        return new Interval(
                before == null || before.getInstant().isBefore(start) ? start : before.getInstant(),
                after == null || after.getInstant().isAfter(end) ? end : after.getInstant());
    }

    @Override
    public String toString() {
        return id();
    }

    private interface Lasting {
        Interval interval();
    }

    private record Month(YearMonth month, Interval interval) implements Lasting {}

    private record Plain(Interval interval) implements Lasting {}

    /** The few that were asked for last, the latest first: the present one, and those before it of what comes late. */
    private static final class Recent<T extends Lasting> {

        private static final int MOST = 6;

        /** Never changed once it is here. */
        private volatile List<T> asked = List.of();

        private @Nullable T at(Instant instant) {
            long second = instant.getEpochSecond();
            var known = asked;
            for (int i = 0; i < known.size(); i++) {
                if (known.get(i).interval().has(second)) {
                    return known.get(i);
                }
            }
            return null;
        }

        private T keep(T found) {
            var known = asked;
            var next = new ArrayList<T>(MOST);
            next.add(found);
            next.addAll(known.subList(0, Math.min(known.size(), MOST - 1)));
            asked = next;
            return found;
        }
    }
}
