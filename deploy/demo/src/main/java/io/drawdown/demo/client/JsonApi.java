package io.drawdown.demo.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A service's JSON interface, entered with one API key. */
public final class JsonApi {

    private final String baseUrl;
    private final String apiKey;

    JsonApi(String baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    public JsonNode get(String path) {
        return Exchange.send(request(path).GET());
    }

    /**
     * Posts a body under an idempotency key of its own.
     *
     * @param idempotencyKey the same key again has no second effect
     */
    public JsonNode post(String path, Object body, String idempotencyKey) {
        return send("POST", path, body, "application/json", idempotencyKey);
    }

    /** Posts a body whose content carries its own identity, such as CloudEvents. */
    public JsonNode post(String path, Object body, String contentType, String idempotencyKey) {
        return send("POST", path, body, contentType, idempotencyKey);
    }

    /** Posts one JSON object a line. */
    public JsonNode postLines(String path, List<?> objects) {
        var lines = objects.stream().map(Exchange.JSON::writeValueAsString).collect(Collectors.joining("\n"));
        return Exchange.send(
                request(path).header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofString(lines)));
    }

    /** Posts nothing, to be answered with one JSON object a line. */
    public List<JsonNode> postForLines(String path) {
        var request = request(path).setHeader("Accept", "application/x-ndjson").POST(BodyPublishers.noBody());
        return Exchange.sendForLines(request);
    }

    public JsonNode put(String path, Object body) {
        return send("PUT", path, body, "application/json", "");
    }

    public JsonNode patch(String path, Object body) {
        return send("PATCH", path, body, "application/json", "");
    }

    private JsonNode send(String method, String path, Object body, String contentType, String idempotencyKey) {
        var request = request(path)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofString(Exchange.JSON.writeValueAsString(body)));
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return Exchange.send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Bearer " + apiKey)
                .header("Accept", "application/json");
    }
}
