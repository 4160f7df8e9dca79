package io.drawdown.local.platform;

import io.drawdown.local.kafka.Broker;
import io.drawdown.local.kafka.Topics;
import io.drawdown.local.postgres.Cluster;
import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Readiness;
import io.drawdown.local.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole platform as a list of processes. */
public final class Platform {

    static final String DATABASE_USER = "drawdown";

    private static final Limits USUAL = new Limits(Duration.ofMinutes(2), Duration.ofSeconds(40));
    private static final Limits RECORDING = new Limits(Duration.ofMinutes(6), Duration.ofMinutes(5));
    private static final String POSTGRES = "postgres";
    private static final String KAFKA = "kafka";
    private static final String REGISTRY = "registry";
    private static final String STRIPE = "stripe";

    private final Home home;
    private final Ports ports;
    private final Secrets secrets;
    private final ServiceProgram.Start start;
    private final Limits limits;

    private Platform(Home home, Ports ports, Secrets secrets, ServiceProgram.Start start, Limits limits) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.start = start;
        this.limits = limits;
    }

    /** A platform whose services start from their AOT caches, where there are any. */
    public Platform(Home home, Ports ports, Secrets secrets) {
        this(home, ports, secrets, new AotCaches(home.caches())::use, USUAL);
    }

    /** A platform whose services write down, when they end, what their AOT caches are to be made of. */
    static Platform recording(Home home, Ports ports) {
        ServiceProgram.Start start = (service, contents) -> AotCaches.record(home.recording(service.label()));
        return new Platform(home, ports, Secrets.of(home.secrets()), start, RECORDING);
    }

    public Home home() {
        return home;
    }

    public Ports ports() {
        return ports;
    }

    /** All processes, infrastructure first. */
    public List<ProcessSpec> processes() {
        var processes = new ArrayList<>(List.of(postgres(), kafka(), registry(), stripe()));
        Stream.of(Service.values()).map(this::service).forEach(processes::add);
        return List.copyOf(processes);
    }

    /** How to reach it all. */
    public Environment environment() {
        return Environment.of(ports, secrets);
    }

    /**
     * The services among these processes that have no AOT cache made from just their jars.
     *
     * @throws IOException when a jar cannot be read
     */
    public List<String> withoutCache(List<ProcessSpec> processes) throws IOException {
        var caches = new AotCaches(home.caches());
        var without = new ArrayList<String>();
        for (var service : Service.values()) {
            var jar = home.jar(service.folder());
            if (processes.stream().anyMatch(spec -> spec.name().equals(service.label()))
                    && Files.isRegularFile(jar)
                    && caches.find(service, JarContents.digest(jar)).isEmpty()) {
                without.add(service.label());
            }
        }
        return without;
    }

    private ProcessSpec postgres() {
        return cluster().spec(POSTGRES);
    }

    private Cluster cluster() {
        var databases = Stream.concat(Stream.of(Service.values()).map(Service::database), Stream.of(REGISTRY));
        return new Cluster(
                home.software(),
                home.data(POSTGRES),
                ports.postgres(),
                DATABASE_USER,
                secrets.postgresPassword(),
                databases.toList());
    }

    private ProcessSpec kafka() {
        return new Broker(
                        List.of(home.built().resolve("kafka"), home.built().resolve("lib")),
                        home.data(KAFKA),
                        ports.kafka(),
                        ports.kafkaController())
                .spec(KAFKA, new Topics("127.0.0.1:" + ports.kafka()));
    }

    private ProcessSpec registry() {
        var registry = new Registry(
                home.built().resolve("registry"),
                ports.registry(),
                ports.registryManagement(),
                cluster().jdbcUrl(REGISTRY),
                DATABASE_USER,
                secrets.postgresPassword());
        return registry.spec(REGISTRY, POSTGRES);
    }

    private ProcessSpec stripe() {
        var copy = new CopiedProgram(
                home.jar("deploy/stripe-sandbox"), home.software().resolve("stripe-sandbox"));
        var webhooks = "http://127.0.0.1:" + ports.service(Service.BILLING_SYNC.number()) + "/v1/webhooks/stripe";
        return ProcessSpec.named(STRIPE)
                .command(Jvm.command(List.of(
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        copy.program().toString(),
                        "--port",
                        Integer.toString(ports.stripe()),
                        "--page-port",
                        Integer.toString(ports.stripePage()),
                        "--host",
                        "127.0.0.1",
                        "--api-key",
                        secrets.stripeApiKey(),
                        "--data",
                        home.data(STRIPE).toString(),
                        "--webhook",
                        webhooks + "=" + secrets.webhookSecret(),
                        "--thin-webhook",
                        webhooks + "=" + secrets.webhookSecret())))
                .ports(new Port(ports.stripe(), "HTTP"), new Port(ports.stripePage(), "its page"))
                .beforeStart(copy)
                .readyWhen(Readiness.http(URI.create("http://127.0.0.1:" + ports.stripe() + "/healthz")))
                .build();
    }

    private ProcessSpec service(Service service) {
        var program = new ServiceProgram(service, service.unpackedIn(home), start);
        var health = "http://127.0.0.1:" + ports.management(service.number()) + "/actuator/health/readiness";
        return ProcessSpec.named(service.label())
                .after(
                        service == Service.BILLING_SYNC
                                ? new String[] {POSTGRES, KAFKA, REGISTRY, STRIPE}
                                : new String[] {POSTGRES, KAFKA, REGISTRY})
                .command(program.command())
                .environment(serviceEnvironment(service))
                .ports(
                        new Port(ports.service(service.number()), "HTTP"),
                        new Port(ports.management(service.number()), "health and metrics"))
                .beforeStart(program)
                .readyWhen(Readiness.http(URI.create(health)))
                .startsWithin(limits.start())
                .stopsWithin(limits.stop())
                .build();
    }

    private Map<String, String> serviceEnvironment(Service service) {
        var jdbcUrl = cluster().jdbcUrl(service.database());
        return new ServiceEnvironment(ports, secrets, DATABASE_USER, jdbcUrl, home.data(service.label())).of(service);
    }

    /** How long a service may take to start and to stop. */
    private record Limits(Duration start, Duration stop) {}
}
