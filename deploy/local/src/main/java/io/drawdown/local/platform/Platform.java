package io.drawdown.local.platform;

import io.drawdown.local.kafka.Broker;
import io.drawdown.local.kafka.Topics;
import io.drawdown.local.postgres.Cluster;
import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Readiness;
import io.drawdown.local.registry.Registry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The whole platform as a list of processes.
 *
 * @param home the folders
 * @param ports the ports
 * @param secrets the secrets
 */
public record Platform(Home home, Ports ports, Secrets secrets) {

    static final String DATABASE_USER = "drawdown";

    private static final String POSTGRES = "postgres";
    private static final String KAFKA = "kafka";
    private static final String REGISTRY = "registry";
    private static final String STRIPE = "stripe";

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
        var program =
                new UnpackedJar(home.jar(service.folder()), home.software().resolve(service.folder()));
        var health = "http://127.0.0.1:" + ports.management(service.number()) + "/actuator/health/readiness";
        return ProcessSpec.named(service.label())
                .after(
                        service == Service.BILLING_SYNC
                                ? new String[] {POSTGRES, KAFKA, REGISTRY, STRIPE}
                                : new String[] {POSTGRES, KAFKA, REGISTRY})
                .command(Jvm.command(serviceArguments(service, program)))
                .environment(serviceEnvironment(service))
                .ports(
                        new Port(ports.service(service.number()), "HTTP"),
                        new Port(ports.management(service.number()), "health and metrics"))
                .beforeStart(program)
                .readyWhen(Readiness.http(URI.create(health)))
                .stopsWithin(Duration.ofSeconds(40))
                .build();
    }

    private static List<String> serviceArguments(Service service, UnpackedJar program) {
        var arguments = new ArrayList<>(service.options());
        arguments.addAll(List.of("-jar", program.program().toString()));
        return arguments;
    }

    private Map<String, String> serviceEnvironment(Service service) {
        var jdbcUrl = cluster().jdbcUrl(service.database());
        return new ServiceEnvironment(ports, secrets, DATABASE_USER, jdbcUrl, home.data(service.label())).of(service);
    }
}
