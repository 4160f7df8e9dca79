package io.drawdown.sandbox.seed;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A made-up customer. */
record Company(String name, String email, String country) {

    private static final List<String> FIRST = List.of(
            "Alpine",
            "Baltic",
            "Cedar",
            "Delta",
            "Ember",
            "Fjord",
            "Granite",
            "Harbor",
            "Indigo",
            "Juniper",
            "Kestrel",
            "Lumen",
            "Meridian",
            "Nimbus",
            "Orchard",
            "Pine",
            "Quarry",
            "River",
            "Sable",
            "Tundra",
            "Umber",
            "Vector");
    private static final List<String> SECOND = List.of(
            "Analytics",
            "Bakery",
            "Clinics",
            "Design",
            "Energy",
            "Freight",
            "Games",
            "Health",
            "Insurance",
            "Labs",
            "Logistics",
            "Media",
            "Networks",
            "Optics",
            "Robotics",
            "Software",
            "Studios",
            "Systems",
            "Travel");
    private static final List<String> COUNTRIES = List.of("US", "US", "US", "GB", "DE", "FR", "CH", "NL", "CA", "AU");

    /** The place makes the address unlike any other's. */
    static Company of(SplittableRandom chance, int place) {
        var name = FIRST.get(chance.nextInt(FIRST.size())) + " " + SECOND.get(chance.nextInt(SECOND.size()));
        var email = "billing+" + place + "@" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".example";
        return new Company(name, email, COUNTRIES.get(chance.nextInt(COUNTRIES.size())));
    }
}
