package io.drawdown.local.registry;

import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One schema registry.
 *
 * @param program the unpacked distribution
 * @param port where clients connect, loopback only
 * @param managementPort where it tells its health
 * @param jdbcUrl its database
 * @param user the database user
 * @param password that user's password
 */
public record Registry(Path program, int port, int managementPort, String jdbcUrl, String user, String password) {

    /** The process of this name, which waits for its database. */
    public ProcessSpec spec(String name, String database) {
        return ProcessSpec.named(name)
                .after(database)
                .command(command())
                .environment(environment())
                .ports(new Port(port, "HTTP"), new Port(managementPort, "health"))
                .readyWhen(Readiness.http(URI.create("http://127.0.0.1:" + managementPort + "/health/ready")))
                .onceReady(new FullTransitiveCompatibility(
                        URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7/config")))
                .build();
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                "-jar",
                program.resolve("quarkus-run.jar").toString());
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "APICURIO_STORAGE_KIND",
                "sql",
                "APICURIO_STORAGE_SQL_KIND",
                "postgresql",
                "APICURIO_DATASOURCE_URL",
                jdbcUrl,
                "APICURIO_DATASOURCE_USERNAME",
                user,
                "APICURIO_DATASOURCE_PASSWORD",
                password);
    }
}
