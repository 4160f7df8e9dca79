package io.drawdown.support.test;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Calls the service under test over HTTP. It waits for an answer as long as a very busy machine may take: no test is timed. */
public final class ServiceClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    private ServiceClient() {}

    /** A caller without any key. */
    public static WebTestClient.Builder at(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(ANSWER_BYTES_MAX));
    }

    /**
     * A caller with a key.
     *
     * @param key as the tests' configuration names it
     */
    public static WebTestClient at(int port, String key) {
        return at(port).defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .build();
    }
}
