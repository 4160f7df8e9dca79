package io.drawdown.sandbox.seed;

import io.drawdown.sandbox.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The API of a sandbox that runs somewhere, with the version 1 operations. */
public final class HttpApi implements Api {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String apiKey;

    public HttpApi(URI address, String apiKey) {
        this.address = address;
        this.apiKey = apiKey;
    }

    @Override
    public Answer call(String method, String path, List<Param> params) {
        var form = Param.encode(params);
        boolean inBody = method.equals("POST");
        var request = HttpRequest.newBuilder(address.resolve(inBody || form.isEmpty() ? path : path + "?" + form))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(inBody ? form : ""))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Json.parse(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("No sandbox answers at " + address + ": is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + address, e);
        }
    }
}
