package io.drawdown.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.engine.Request;
import io.drawdown.sandbox.trouble.Trouble;
import io.drawdown.sandbox.trouble.TroubleControl;
import io.drawdown.sandbox.trouble.Troubles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The server. */
public final class HttpFront implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
    private static final int MAX_BODY = 1 << 20;
    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");

    static {
        // The server reads these once, when its classes load. Without the first, small replies wait 40 ms for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        setUnlessGiven("sun.net.httpserver.maxReqTime", "30");
        setUnlessGiven("sun.net.httpserver.maxIdleConnections", "2000");
        setUnlessGiven("jdk.httpserver.maxConnections", "4000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Authentication authentication;
    private final Engine engine;
    private final Troubles troubles;
    private final TroubleControl control;
    private final String apiVersion;

    /** Binds the address; port 0 takes a free one. */
    public HttpFront(
            InetSocketAddress address,
            Set<String> apiKeys,
            String apiVersion,
            Engine engine,
            Troubles troubles,
            TroubleControl control)
            throws IOException {
        this.authentication = new Authentication(Set.copyOf(apiKeys));
        this.apiVersion = apiVersion;
        this.engine = engine;
        this.troubles = troubles;
        this.control = control;
        this.server = HttpServer.create(address, 512);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public void start() {
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var requestId = Ids.next("req").substring(0, 18);
        try {
            answer(exchange, requestId);
        } catch (ApiException refusal) {
            write(exchange, requestId, Reply.of(refusal));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Fault in " + requestId, fault);
            write(
                    exchange,
                    requestId,
                    Reply.of(ApiException.of(500, "api_error", null, "A fault of the sandbox in " + requestId)));
        } finally {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, String requestId) throws IOException {
        var method = exchange.getRequestMethod();
        var path = exchange.getRequestURI().getPath();
        var body = body(exchange);
        if (path.equals("/healthz")) {
            write(exchange, requestId, new Reply(200, "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8), false));
        } else if (path.startsWith("/_sandbox")) {
            write(exchange, requestId, control.process(method, path, body));
        } else {
            api(exchange, requestId, method, path, body);
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw ApiException.of(
                    413, "invalid_request_error", null, "The request body exceeds " + MAX_BODY + " bytes.");
        }
        return body;
    }

    private void api(HttpExchange exchange, String requestId, String method, String path, byte[] body)
            throws IOException {
        if (!METHODS.contains(method)) {
            throw ApiException.of(
                    404, "invalid_request_error", null, "Unrecognized request URL (" + method + ": " + path + ").");
        }
        authentication.check(exchange.getRequestHeaders().getFirst("Authorization"));
        refuseOtherVersions(exchange);
        checkContentType(exchange, path, body);
        var trouble = troubles.take(method, path).orElse(null);
        if (trouble != null && trouble.kind() == Trouble.Kind.CUT_BEFORE) {
            return; // Closing the exchange without an answer cuts the connection.
        }
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var reply = engine.process(
                new Request(requestId, method, path, form(exchange, path, body), json(path, body), key),
                () -> before(trouble));
        if (trouble != null && trouble.kind() == Trouble.Kind.CUT_AFTER) {
            return;
        }
        write(
                exchange,
                requestId,
                trouble != null && trouble.kind() == Trouble.Kind.ERROR_AFTER ? failure(trouble) : reply);
    }

    private static void before(@Nullable Trouble trouble) {
        if (trouble == null) {
            return;
        }
        try {
            Thread.sleep(trouble.latencyMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (trouble.kind() == Trouble.Kind.ERROR_BEFORE) {
            throw refusal(trouble);
        }
    }

    private static Reply failure(Trouble trouble) {
        return Reply.of(refusal(trouble));
    }

    private static ApiException refusal(Trouble trouble) {
        return trouble.status() == 429
                ? ApiException.of(
                        429, "invalid_request_error", "rate_limit", "Too many requests hit the API too quickly.")
                : ApiException.of(
                        trouble.status(), "api_error", null, "An unknown error occurred (trouble on demand).");
    }

    private void refuseOtherVersions(HttpExchange exchange) {
        var version = exchange.getRequestHeaders().getFirst("Stripe-Version");
        if (version != null && !version.equals(apiVersion)) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Invalid Stripe API version: " + version + ". The Stripe sandbox speaks " + apiVersion + " only.");
        }
        if (exchange.getRequestHeaders().containsKey("Stripe-Account")) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "The Stripe sandbox has no connected accounts: send no Stripe-Account.");
        }
    }

    private static void checkContentType(HttpExchange exchange, String path, byte[] body) {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var wanted = Request.isV2(path) ? "application/json" : "application/x-www-form-urlencoded";
        if (body.length > 0 && type != null && !type.startsWith(wanted)) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Invalid request: " + path + " takes " + wanted + ", not " + type + ".");
        }
    }

    private static String form(HttpExchange exchange, String path, byte[] body) {
        var query = exchange.getRequestURI().getRawQuery();
        var text = Request.isV2(path) ? "" : new String(body, StandardCharsets.UTF_8);
        return query == null ? text : text.isEmpty() ? query : query + "&" + text;
    }

    private static @Nullable String json(String path, byte[] body) {
        return Request.isV2(path) && body.length > 0 ? new String(body, StandardCharsets.UTF_8) : null;
    }

    private void write(HttpExchange exchange, String requestId, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Request-Id", requestId);
        headers.set("Stripe-Version", apiVersion);
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key != null) {
            headers.set("Idempotency-Key", key);
        }
        if (reply.replayed()) {
            headers.set("Idempotent-Replayed", "true");
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        try (var out = exchange.getResponseBody()) {
            out.write(reply.body());
        }
    }

    /** Lets running requests end for a second, then stops. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
