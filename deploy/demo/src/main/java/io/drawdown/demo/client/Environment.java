package io.drawdown.demo.client;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a running Drawdown is and how to get in, as {@code deploy/drawdown up} writes it.
 *
 * @param urls base address of each service, of Stripe and of the schema registry, by name
 * @param kafka the brokers' addresses
 * @param apiKeys one key for each role, by role
 * @param stripeApiKey the key of the Stripe account, in test mode
 */
public record Environment(Map<String, String> urls, String kafka, Map<String, String> apiKeys, String stripeApiKey) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads the description of a running environment.
     *
     * @throws IllegalStateException when there is none, or it cannot be read; says what to do
     */
    public static Environment read(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalStateException("Drawdown does not seem to be running: there is no " + file
                    + ". Start it with deploy/drawdown up.");
        }
        try {
            return JSON.readValue(file.toFile(), Environment.class);
        } catch (JacksonException | UncheckedIOException e) {
            throw new IllegalStateException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The address of a service, such as {@code wallet}. */
    public String url(String name) {
        var url = urls.get(name);
        if (url == null) {
            throw new NoSuchElementException("The environment names no address for " + name);
        }
        return url;
    }

    /** The JSON interface of a service, entered with the key of a role. */
    public JsonApi api(String service, String role) {
        var key = apiKeys.get(role);
        if (key == null) {
            throw new NoSuchElementException("The environment holds no API key for the role " + role);
        }
        return new JsonApi(url(service), key);
    }

    public StripeApi stripe() {
        return new StripeApi(url("stripe"), stripeApiKey);
    }
}
