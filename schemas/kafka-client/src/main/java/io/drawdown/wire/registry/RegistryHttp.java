package io.drawdown.wire.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Requests to the registry, over all its URLs, with back-off while none of them can answer. */
final class RegistryHttp {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final int NOT_FOUND = 404;

    private final RegistrySettings settings;
    private final HttpClient http;
    private final SilentNodes silent;
    private volatile int preferred;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(positive(settings.connectTimeout()))
                .build();
        this.silent = new SilentNodes(settings.urls().size());
    }

    JsonNode get(String path) {
        return exchange("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return exchange("POST", path, body.toString());
    }

    JsonNode put(String path, JsonNode body) {
        return exchange("PUT", path, body.toString());
    }

    private JsonNode exchange(String method, String path, @Nullable String body) {
        var wait = settings.firstWait();
        for (int attempt = 0; ; attempt++) {
            try {
                return overAllUrls(method, path, body);
            } catch (RegistryUnavailableException e) {
                if (attempt >= settings.retries()) {
                    throw e;
                }
                pause(wait);
                wait = min(wait.multipliedBy(2), settings.longestWait());
            }
        }
    }

    private JsonNode overAllUrls(String method, String path, @Nullable String body) {
        RegistryUnavailableException last = null;
        RegistryRefusedException unknown = null;
        for (int node : silent.last(nodes())) {
            if (unknown != null && silent.contains(node)) {
                continue; // Or each of many made-up ids would wait for it until its time is up.
            }
            try {
                var answer = once(node, method, path, body);
                preferred = node;
                return answer;
            } catch (RegistryUnavailableException e) {
                last = e;
            } catch (RegistryRefusedException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
                unknown = e; // The nodes of a registry learn from each other: the next one may know more.
            }
        }
        if (unknown != null) {
            throw unknown; // Even if a node is away: nobody waits until it is back for an id that somebody made up.
        }
        throw last == null ? new IllegalStateException("No registry URL is configured") : last;
    }

    /** The indexes of the URLs, beginning with the one that answered last. */
    private List<Integer> nodes() {
        int first = preferred;
        int count = settings.urls().size();
        return IntStream.range(first, first + count)
                .mapToObj(each -> each % count)
                .toList();
    }

    private JsonNode once(int node, String method, String path, @Nullable String body) {
        var uri = URI.create(settings.urls().get(node) + path);
        try {
            var response = http.send(request(uri, method, body), BodyHandlers.ofByteArray());
            silent.remove(node);
            return answer(uri, response);
        } catch (HttpTimeoutException e) {
            silent.add(node);
            throw unavailable(uri, e.getClass().getSimpleName() + describe(e), e);
        } catch (IOException e) {
            throw unavailable(uri, e.getClass().getSimpleName() + describe(e), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private HttpRequest request(URI uri, String method, @Nullable String body) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(positive(settings.readTimeout()))
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE);
        }
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        return request.build();
    }

    private static JsonNode answer(URI uri, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return JSON.readTree(response.body());
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw unavailable(uri, "it answered " + status, null);
        }
        if (status == NOT_FOUND && !Refusal.isRegistrys(response.body())) {
            throw unavailable(uri, "it answered 404 without the error_code of a registry, as a proxy does", null);
        }
        throw new RegistryRefusedException(status, Refusal.of(uri, status, response.body()));
    }

    private static RegistryUnavailableException unavailable(URI uri, String why, @Nullable Throwable cause) {
        return new RegistryUnavailableException(
                "The schema registry at " + uri + " is not available: " + why + ". Check that it runs and that "
                        + RegistrySettings.URL + " names it; the attempt may be repeated",
                cause);
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    private static void pause(Duration wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration positive(Duration timeout) {
        return timeout.isZero() ? Duration.ofMillis(1) : timeout;
    }
}
