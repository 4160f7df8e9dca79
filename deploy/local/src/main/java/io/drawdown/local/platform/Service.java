package io.drawdown.local.platform;

import java.util.List;
import java.util.Locale;

/**
 * The five services, with what each needs on this machine.
 *
 * <p>Those that see one request now and then stop at the first compiler, which halves what their start costs; the two
 * on the way of usage are compiled for throughput.
 */
enum Service {
    CRM("crm-service", 1, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    BILLING_SYNC("billing-sync-service", 2, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    WALLET("wallet-service", 3, "-Xmx512m", "-XX:+UseParallelGC"),
    USAGE_INGEST("usage-ingest-service", 4, "-Xmx384m", "-XX:+UseSerialGC"),
    REPORTING("reporting-service", 5, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String folder;
    private final int number;
    private final List<String> options;

    Service(String folder, int number, String... options) {
        this.folder = folder;
        this.number = number;
        this.options = List.of(options);
    }

    /** The name of its process, such as {@code billing-sync}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String database() {
        return name().toLowerCase(Locale.ROOT);
    }

    String folder() {
        return folder;
    }

    int number() {
        return number;
    }

    /** Its program, as this platform unpacks it. */
    UnpackedJar unpackedIn(Home home) {
        return new UnpackedJar(home.jar(folder), home.software().resolve(folder));
    }

    /** Options for the JVM. */
    List<String> options() {
        return options;
    }
}
