package io.drawdown.support.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A running Apicurio registry that holds its schemas in memory and, like the one in production, accepts only schemas
 * that are compatible with every earlier version, both ways.
 */
public final class RegistryServer {

    private static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final String url;

    private RegistryServer(String url) {
        this.url = url;
    }

    /** As the client setting {@code schema.registry.url} wants it. */
    public String url() {
        return url;
    }

    static RegistryServer start() {
        var port = RegistryProcess.start(RegistryInstallation.fromSystemProperties());
        var server = new RegistryServer("http://127.0.0.1:" + port + "/apis/ccompat/v7");
        server.demandCompatibility();
        return server;
    }

    /** Apicurio checks nothing unless it is told to. */
    private void demandCompatibility() {
        var request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"" + COMPATIBILITY + "\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The registry answered " + response.statusCode()
                        + " when asked for compatibility " + COMPATIBILITY + ": " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The registry at " + url + " started but does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the registry was being set up", e);
        }
    }
}
