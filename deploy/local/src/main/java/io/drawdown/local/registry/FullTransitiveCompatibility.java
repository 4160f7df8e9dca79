package io.drawdown.local.registry;

import io.drawdown.local.process.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sets the registry's global rule, which is "anything goes" from the factory. */
record FullTransitiveCompatibility(URI config) implements Step {

    @Override
    public void run() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(config)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the schema registry refused its compatibility rule: " + answer.statusCode() + " "
                        + answer.body());
            }
        }
    }
}
