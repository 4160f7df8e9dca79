package io.drawdown.sandbox.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Sends one signed event; a 2xx in time is success, a redirect is not. */
final class Sender implements AutoCloseable {

    private final InstantSource realTime;
    private final Duration timeout;
    private @Nullable HttpClient client;

    Sender(InstantSource realTime, Duration timeout) {
        this.realTime = realTime;
        this.timeout = timeout;
    }

    /** Made when it is first needed: many a sandbox has no endpoint, and making it is a tenth of a start. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
        }
        return client;
    }

    /**
     * Tries once.
     *
     * @param skewSeconds how wrong the clock of the signature goes
     */
    Attempt send(Endpoint endpoint, String body, int skewSeconds) throws InterruptedException {
        var now = realTime.instant();
        var signature =
                Signature.header(endpoint.secrets(now.getEpochSecond()), now.getEpochSecond() + skewSeconds, body);
        var request = HttpRequest.newBuilder(URI.create(endpoint.url()))
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header("Stripe-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = client().send(request, HttpResponse.BodyHandlers.discarding());
            return new Attempt(now.toEpochMilli(), answer.statusCode(), null);
        } catch (IOException e) {
            return new Attempt(now.toEpochMilli(), 0, String.valueOf(e));
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
