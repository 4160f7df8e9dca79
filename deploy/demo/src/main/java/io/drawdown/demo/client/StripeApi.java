package io.drawdown.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Stripe's API as its documentation shows it: forms in, JSON out. */
public final class StripeApi {

    private final String baseUrl;
    private final String apiKey;

    StripeApi(String baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    public JsonNode get(String path) {
        return Exchange.send(request(path).GET());
    }

    public JsonNode post(String path, Map<String, String> form) {
        return Exchange.send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form))));
    }

    /** Every object of a list, whatever the number of pages. */
    public List<JsonNode> list(String path) {
        var all = new ArrayList<JsonNode>();
        var page = get(withParameter(path, "limit", "100"));
        all.addAll(page.get("data").values());
        while (page.get("has_more").booleanValue()) {
            var last = all.getLast().get("id").asString();
            page = get(withParameter(withParameter(path, "limit", "100"), "starting_after", last));
            all.addAll(page.get("data").values());
        }
        return all;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Authorization", "Bearer " + apiKey);
    }

    private static String withParameter(String path, String name, String value) {
        return path + (path.contains("?") ? '&' : '?') + name + '=' + value;
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + '=' + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
