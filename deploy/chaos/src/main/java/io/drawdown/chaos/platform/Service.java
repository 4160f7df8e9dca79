package io.drawdown.chaos.platform;

import io.drawdown.local.platform.Ports;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A service that runs twice here, so that partitions move between its instances. */
public enum Service {
    WALLET("wallet", 6),
    USAGE_INGEST("usage-ingest", 7);

    private final String processName;
    private final int second;

    /** @param second counts the second instance among the platform's services */
    Service(String processName, int second) {
        this.processName = processName;
        this.second = second;
    }

    static Optional<Service> named(String process) {
        return Stream.of(values())
                .filter(service -> service.processName.equals(process))
                .findFirst();
    }

    /** The process of the first instance. */
    public String processName() {
        return processName;
    }

    /** The process of the second instance. */
    public String secondName() {
        return processName + "-2";
    }

    /** The processes of both. */
    public List<String> instances() {
        return List.of(processName, secondName());
    }

    /** The processes of the service that a process is an instance of. */
    public static List<String> instancesBeside(String process) {
        return Stream.of(values())
                .map(Service::instances)
                .filter(instances -> instances.contains(process))
                .findFirst()
                .orElse(List.of(process));
    }

    int secondPort(Ports ports) {
        return ports.service(second);
    }

    int secondManagementPort(Ports ports) {
        return ports.management(second);
    }
}
