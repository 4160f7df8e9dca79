package io.drawdown.wire.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how to talk to it, read from the keys that Confluent's client reads.
 *
 * @param urls tried one after the other; at least one
 * @param authorization value of the {@code Authorization} header; null for none
 * @param connectTimeout for opening a connection
 * @param readTimeout for one answer
 * @param retries further attempts after the first, each over all urls
 * @param firstWait before the first further attempt; doubled before each next one
 * @param longestWait no wait is longer
 */
public record RegistrySettings(
        List<URI> urls,
        @Nullable String authorization,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration firstWait,
        Duration longestWait) {

    public static final String URL = "schema.registry.url";

    /**
     * Reads the settings from a client's configuration.
     *
     * @throws ConfigException naming the key, when it is missing or cannot be understood
     */
    public static RegistrySettings from(Map<String, ?> config) {
        var urls = urls(config);
        return new RegistrySettings(
                urls.stream().map(RegistrySettings::withoutUserInfo).toList(),
                authorization(config, urls.getFirst()),
                millis(config, "http.connect.timeout.ms", 5_000),
                millis(config, "http.read.timeout.ms", 10_000),
                (int) number(config, "max.retries", 3),
                millis(config, "retries.wait.ms", 200),
                millis(config, "retries.max.wait.ms", 5_000));
    }

    private static List<URI> urls(Map<String, ?> config) {
        var text = text(config, URL, "");
        var urls = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .map(RegistrySettings::uri)
                .toList();
        if (urls.isEmpty()) {
            throw new ConfigException(URL
                    + " is not set: records cannot be encoded or decoded without a schema registry. Set it, or in a service"
                    + " of Drawdown drawdown.kafka.schema-registry-url, to the registry's base URL, such as"
                    + " http://localhost:8081");
        }
        return urls;
    }

    private static URI uri(String text) {
        try {
            var uri = URI.create(text);
            if ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notAUrl(text);
        }
        throw notAUrl(text);
    }

    private static ConfigException notAUrl(String text) {
        return new ConfigException(URL, text, "Expected one or several http:// or https:// URLs, separated by commas");
    }

    private static @Nullable String authorization(Map<String, ?> config, URI first) {
        var bearer = text(config, "bearer.auth.credentials.source", "");
        if (!bearer.isEmpty()) {
            require(bearer, "STATIC_TOKEN", "bearer.auth.credentials.source");
            return "Bearer " + required(config, "bearer.auth.token");
        }
        var source = text(config, "basic.auth.credentials.source", "URL");
        return switch (source.toUpperCase(Locale.ROOT)) {
            case "USER_INFO" -> basic(userInfo(config));
            case "URL" -> first.getUserInfo() == null ? null : basic(first.getUserInfo());
            default ->
                throw new ConfigException(
                        "basic.auth.credentials.source", source, "Drawdown's serde knows URL and USER_INFO");
        };
    }

    private static String userInfo(Map<String, ?> config) {
        var ours = text(config, "basic.auth.user.info", "");
        return ours.isEmpty() ? required(config, "schema.registry.basic.auth.user.info") : ours;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUserInfo(URI uri) {
        var text = uri.toString();
        return uri.getRawUserInfo() == null ? uri : URI.create(text.replace(uri.getRawUserInfo() + "@", ""));
    }

    private static void require(String value, String allowed, String key) {
        if (!allowed.equalsIgnoreCase(value)) {
            throw new ConfigException(key, value, "Drawdown's serde knows " + allowed + " only");
        }
    }

    private static String required(Map<String, ?> config, String key) {
        var value = text(config, key, "");
        if (value.isEmpty()) {
            throw new ConfigException(key + " is not set, but the chosen way to authenticate needs it");
        }
        return value;
    }

    private static Duration millis(Map<String, ?> config, String key, long otherwise) {
        return Duration.ofMillis(number(config, key, otherwise));
    }

    private static long number(Map<String, ?> config, String key, long otherwise) {
        var text = text(config, key, Long.toString(otherwise));
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new ConfigException(key, text, "Expected a whole number");
        }
    }

    private static String text(Map<String, ?> config, String key, String otherwise) {
        var value = config.get(key);
        return switch (value) {
            case null -> otherwise;
            case List<?> list ->
                String.join(",", list.stream().map(String::valueOf).toList());
            default -> value.toString().strip();
        };
    }

    /** Leaves out the credentials. */
    @Override
    public String toString() {
        return "RegistrySettings" + urls;
    }
}
