package io.drawdown.demo.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request and its JSON answer. */
final class Exchange {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private Exchange() {}

    /**
     * Sends a request and reads the answer.
     *
     * @throws Refused when the answer is not a success; carries what the service said
     */
    static JsonNode send(HttpRequest.Builder builder) {
        var body = bodyOf(builder);
        return body.isBlank() ? JSON.nullNode() : JSON.readTree(body);
    }

    /** As above, of an answer that is one JSON value a line. */
    static List<JsonNode> sendForLines(HttpRequest.Builder builder) {
        return bodyOf(builder)
                .lines()
                .map(line -> (JsonNode) JSON.readTree(line))
                .toList();
    }

    private static String bodyOf(HttpRequest.Builder builder) {
        var request = builder.timeout(TIMEOUT).build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new Refused(request.method(), request.uri(), response.statusCode(), response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s %s failed: %s".formatted(request.method(), request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + request.uri(), e);
        }
    }
}
