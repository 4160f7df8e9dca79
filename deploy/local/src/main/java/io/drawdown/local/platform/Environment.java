package io.drawdown.local.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How to reach everything: the contents of {@code environment.json}, which the demo and the benchmarks read.
 *
 * @param urls base addresses by service, with {@code stripe}, {@code stripePage} and {@code schemaRegistry}
 * @param management base addresses of health and metrics, by service
 * @param kafka the bootstrap servers
 * @param postgres the server; one database per service
 * @param apiKeys the API key of each role
 * @param stripeApiKey the sandbox's key
 */
public record Environment(
        Map<String, String> urls,
        Map<String, String> management,
        String kafka,
        Database postgres,
        Map<String, String> apiKeys,
        String stripeApiKey) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * The database server.
     *
     * @param host the loopback address
     * @param port its port
     * @param user the one user
     * @param password that user's password
     */
    public record Database(String host, int port, String user, String password) {}

    /** The environment of a platform with these ports and secrets. */
    public static Environment of(Ports ports, Secrets secrets) {
        var urls = new LinkedHashMap<String, String>();
        var management = new LinkedHashMap<String, String>();
        for (var service : Service.values()) {
            urls.put(service.label(), url(ports.service(service.number())));
            management.put(service.label(), url(ports.management(service.number())));
        }
        urls.put("stripe", url(ports.stripe()));
        urls.put("stripePage", url(ports.stripePage()));
        urls.put("schemaRegistry", url(ports.registry()) + "/apis/ccompat/v7");
        return new Environment(
                urls,
                management,
                "127.0.0.1:" + ports.kafka(),
                new Database("127.0.0.1", ports.postgres(), Platform.DATABASE_USER, secrets.postgresPassword()),
                secrets.apiKeys(),
                secrets.stripeApiKey());
    }

    /** Writes the file, readable by its owner only. */
    public void write(Path file) throws IOException {
        OwnerOnly.write(file, toJson());
    }

    /** Reads the file that a running platform has written. */
    public static Environment read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Environment.class);
    }

    /**
     * The base address of a service, of {@code stripe} or of {@code schemaRegistry}.
     *
     * @throws NoSuchElementException when there is none of that name
     */
    public String addressOf(String name) {
        return required(urls, name);
    }

    /**
     * The API key of a role.
     *
     * @throws NoSuchElementException when there is no such role
     */
    public String apiKeyOf(String role) {
        return required(apiKeys, role);
    }

    private static String required(Map<String, String> map, String name) {
        var value = map.get(name);
        if (value == null) {
            throw new NoSuchElementException("There is no " + name + " in this environment; there are " + map.keySet());
        }
        return value;
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
