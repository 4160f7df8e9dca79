package io.drawdown.sandbox.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** Sends one signed event; a 2xx within ten seconds is success, a redirect is not. */
final class Sender implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sender.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final InstantSource realTime;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Sender(InstantSource realTime) {
        this.realTime = realTime;
    }

    boolean send(Endpoint endpoint, String body) throws InterruptedException {
        var signature = Signature.header(endpoint.secret(), realTime.instant().getEpochSecond(), body);
        var request = HttpRequest.newBuilder(URI.create(endpoint.url()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header("Stripe-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Webhook endpoint {0} did not answer: {1}", endpoint.url(), e);
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
