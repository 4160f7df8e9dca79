package io.drawdown.chaos.platform;

import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Platform;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Readiness;
import io.drawdown.local.supervisor.StartOrder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processes of the platform, changed in three ways: with the agent, some twice, with shorter waits after a decline. */
final class Processes {

    private static final String MANAGEMENT_PORT = "MANAGEMENT_SERVER_PORT";
    private static final String SERVER_PORT = "SERVER_PORT";
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    /** Four services start at once, again and again, on a machine that does other things, too. */
    private static final Duration START_LIMIT = Duration.ofMinutes(6);

    /** A run lasts minutes, so what is an hour in production is seconds here. */
    private static final Map<String, String> SHORTER_WAITS = Map.of(
            "DRAWDOWN_WALLET_REPLENISHMENT_FIRSTBACKOFF", "5s",
            "DRAWDOWN_WALLET_REPLENISHMENT_LONGESTBACKOFF", "10s",
            "DRAWDOWN_WALLET_CREDIT_REPLAYEVERY", "5s",
            "DRAWDOWN_WALLET_USAGE_REPLAYEVERY", "5s",
            "DRAWDOWN_WALLET_LEDGER_SNAPSHOTEVERY", "50",
            "DRAWDOWN_SYNC_METERCOLLECT", "5s",
            "DRAWDOWN_SYNC_SWEEPINTERVAL", "10s");

    private final Platform platform;
    private final Ports ports;
    private final Home home;
    private final Path agent;
    private final Traps traps;

    Processes(Platform platform, Path agent, Traps traps) {
        this.platform = platform;
        this.ports = platform.ports();
        this.home = platform.home();
        this.agent = agent;
        this.traps = traps;
    }

    List<ProcessSpec> all() {
        var services = Stream.of(Service.values()).map(Service::processName);
        var needed = new StartOrder(platform.processes())
                .closure(Stream.concat(services, Stream.of("billing-sync")).toList());
        var processes = new ArrayList<ProcessSpec>();
        for (var spec : needed) {
            Service.named(spec.name())
                    .ifPresentOrElse(
                            service -> processes.addAll(twice(spec, service)), () -> processes.add(inAHurry(spec)));
        }
        return processes;
    }

    /** One that is started when all that it waits for runs already. */
    ProcessSpec late(String name) {
        var spec = new StartOrder(platform.processes())
                .closure(List.of(name)).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return copy(spec, name, List.of(), spec.command(), spec.environment(), spec.ports(), spec.readiness());
    }

    /** Some, with what they wait for. What lives for a minute or two is not worth the work of the second compiler. */
    List<ProcessSpec> soonThere(Collection<String> wanted) {
        return new StartOrder(all())
                .closure(wanted).stream().map(Processes::withOneCompiler).toList();
    }

    private static ProcessSpec withOneCompiler(ProcessSpec spec) {
        if (!spec.command().getFirst().endsWith("/java")) {
            return spec;
        }
        var command = new ArrayList<>(spec.command());
        command.add(1, ONE_COMPILER);
        return copy(spec, spec.name(), spec.after(), command, spec.environment(), spec.ports(), spec.readiness());
    }

    private List<ProcessSpec> twice(ProcessSpec spec, Service service) {
        var first = trapped(spec, service, spec.name(), spec.environment(), spec.after());
        var environment = new TreeMap<>(spec.environment());
        environment.put(SERVER_PORT, Integer.toString(service.secondPort(ports)));
        environment.put(MANAGEMENT_PORT, Integer.toString(service.secondManagementPort(ports)));
        environment.put(
                "DRAWDOWN_USAGE_STATEDIR", home.data(service.secondName()).toString());
        // The first one unpacks the program for both.
        var second = trapped(spec, service, service.secondName(), environment, List.of(spec.name()));
        return List.of(first, second);
    }

    private ProcessSpec trapped(
            ProcessSpec spec, Service service, String name, Map<String, String> environment, List<String> after) {
        var command = new ArrayList<>(spec.command());
        // What matters here is a quick start, again and again.
        command.add(1, ONE_COMPILER);
        command.add(1, "-javaagent:" + agent + "=" + service.processName() + ":" + traps.fileOf(name));
        var management = Integer.parseInt(environment.getOrDefault(MANAGEMENT_PORT, ""));
        var ports = List.of(
                new Port(Integer.parseInt(environment.getOrDefault(SERVER_PORT, "")), "HTTP"),
                new Port(management, "health and metrics"));
        var health = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
        return copy(spec, name, after, command, environment, ports, Readiness.http(health));
    }

    private static ProcessSpec inAHurry(ProcessSpec spec) {
        return copy(
                spec, spec.name(), spec.after(), spec.command(), spec.environment(), spec.ports(), spec.readiness());
    }

    private static ProcessSpec copy(
            ProcessSpec spec,
            String name,
            List<String> after,
            List<String> command,
            Map<String, String> environment,
            List<Port> ports,
            Readiness readiness) {
        return new ProcessSpec(
                name,
                after,
                command,
                hurried(environment),
                ports,
                readiness,
                spec.beforeStart(),
                spec.onceReady(),
                spec.stopSignal(),
                START_LIMIT,
                spec.stopLimit());
    }

    private static Map<String, String> hurried(Map<String, String> environment) {
        var all = new TreeMap<>(environment);
        if (environment.containsKey(SERVER_PORT)) {
            all.putAll(SHORTER_WAITS);
        }
        return all;
    }
}
