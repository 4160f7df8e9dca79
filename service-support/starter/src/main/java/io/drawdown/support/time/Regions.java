package io.drawdown.support.time;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The time zones that may be asked for: the places of the IANA time zone database, and UTC. No offset such as {@code +02:00} and
 * no short name such as {@code EST}: neither says when summer time begins there, and the short ones are ambiguous.
 */
public final class Regions {

    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.equals("UTC") || isPlace(id))
            .collect(Collectors.toUnmodifiableSet());

    private Regions() {}

    /** @throws IllegalArgumentException if it is none, with the name and an example */
    public static ZoneId of(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no time zone that can be asked for: use a region of the"
                            + " IANA time zone database, such as Europe/Berlin, or UTC");
        }
        return ZoneId.of(name);
    }

    private static boolean isPlace(String id) {
        return id.contains("/") && Stream.of("Etc/", "SystemV/").noneMatch(id::startsWith);
    }
}
