package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as its own process, killed and started again on its data. */
class DurabilityIT {

    @TempDir
    Path data;

    Process process;

    StripeClient start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StripeSandbox.class.getName(),
                        "--port=0",
                        "--data=" + data)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        assertThat(line).contains("http://");
        return StripeClient.builder()
                .setApiKey("sk_test_x")
                .setApiBase(line.substring(line.indexOf("http://")))
                .setMaxNetworkRetries(0)
                .build();
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    static CustomerCreateParams named(String name) {
        return CustomerCreateParams.builder().setName(name).build();
    }

    static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    @Test
    void hasEverythingItAnsweredAfterBeingKilled() throws Exception {
        var stripe = start();
        Map<String, String> answered = new ConcurrentHashMap<>();
        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(stripe, writer, answered)));
        var running = writers.toList();
        Awaitility.await().until(() -> answered.size() > 40);
        kill();
        running.forEach(CompletableFuture::join);

        var again = start();
        for (var one : answered.entrySet()) {
            assertThat(again.v1().customers().retrieve(one.getValue()).getName())
                    .isEqualTo(one.getKey());
            assertThat(again.v1()
                            .customers()
                            .create(named(one.getKey()), key(one.getKey()))
                            .getId())
                    .isEqualTo(one.getValue());
        }
        var events = again.v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build());
        assertThat(events.getData()).hasSizeGreaterThanOrEqualTo(Math.min(100, answered.size()));
    }

    static void write(StripeClient stripe, int writer, Map<String, String> answered) {
        for (int i = 0; ; i++) {
            var name = "c-" + writer + "-" + i;
            try {
                answered.put(
                        name,
                        stripe.v1().customers().create(named(name), key(name)).getId());
            } catch (StripeException e) {
                return; // The process is gone; this one is not answered.
            }
        }
    }

    @Test
    void endsCleanlyWhenToldTo() throws Exception {
        start();
        process.destroy();
        assertThat(process.onExit()
                        .get(10, java.util.concurrent.TimeUnit.SECONDS)
                        .exitValue())
                .isEqualTo(143);
    }
}
