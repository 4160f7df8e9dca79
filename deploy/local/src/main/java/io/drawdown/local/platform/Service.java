package io.drawdown.local.platform;

import java.util.List;
import java.util.Locale;

/** The five services, with what each needs on this machine. */
enum Service {
    CRM("crm-service", 1, List.of("-Xmx256m", "-XX:+UseSerialGC")),
    BILLING_SYNC("billing-sync-service", 2, List.of("-Xmx256m", "-XX:+UseSerialGC")),
    WALLET("wallet-service", 3, List.of("-Xmx512m", "-XX:+UseParallelGC")),
    USAGE_INGEST("usage-ingest-service", 4, List.of("-Xmx384m", "-XX:+UseSerialGC")),
    REPORTING("reporting-service", 5, List.of("-Xmx256m", "-XX:+UseSerialGC"));

    private final String folder;
    private final int number;
    private final List<String> heap;

    Service(String folder, int number, List<String> heap) {
        this.folder = folder;
        this.number = number;
        this.heap = List.copyOf(heap);
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

    List<String> heap() {
        return heap;
    }
}
