package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Release;
import io.drawdown.sandbox.connect.OAuthEndpoints;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.engine.Request;
import io.drawdown.sandbox.limits.RateLimits;
import io.drawdown.sandbox.meter.MeterSessions;
import io.drawdown.sandbox.trouble.Trouble;
import io.drawdown.sandbox.trouble.TroubleControl;
import io.drawdown.sandbox.trouble.Troubles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API and the sandbox's control beside it, as HTTP. */
public final class HttpFront implements Site {

    private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");

    private final Authentication authentication;
    private final MeterSessions sessions;
    private final Engine engine;
    private final Troubles troubles;
    private final TroubleControl control;
    private final ActingAccount acting;
    private final RateLimits limits;
    private final Permissions permissions;

    public HttpFront(
            Set<String> apiKeys,
            Map<String, Set<String>> restrictedKeys,
            MeterSessions sessions,
            RateLimits limits,
            Engine engine,
            Troubles troubles,
            TroubleControl control) {
        this.authentication = new Authentication(Set.copyOf(apiKeys), restrictedKeys.keySet());
        this.permissions = new Permissions(Map.copyOf(restrictedKeys));
        this.sessions = sessions;
        this.limits = limits;
        this.acting = new ActingAccount(engine);
        this.engine = engine;
        this.troubles = troubles;
        this.control = control;
    }

    @Override
    public @Nullable Outgoing answer(Incoming request) {
        var requestId = requestId();
        try {
            var reply = reply(request, requestId);
            return reply == null ? null : outgoing(request, requestId, reply);
        } catch (RateLimited tooMany) {
            return tooMany.mark(
                    outgoing(request, requestId, Reply.of(tooMany.refusal().logged(requestId))));
        } catch (ApiException refusal) {
            return outgoing(request, requestId, Reply.of(refusal.logged(requestId)));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Fault in " + requestId, fault);
            return outgoing(request, requestId, Reply.of(fault(requestId).logged(requestId)));
        }
    }

    @Override
    public Outgoing refuse(int status, String message) {
        var requestId = requestId();
        var refusal = ApiException.of(status, "invalid_request_error", null, message);
        return new Outgoing(
                status,
                headers(requestId, Release.newest()),
                Reply.of(refusal.logged(requestId)).body());
    }

    private static String requestId() {
        return "req_" + Ids.text(14);
    }

    private static ApiException fault(String requestId) {
        return ApiException.of(500, "api_error", null, "A fault of the sandbox in " + requestId);
    }

    /** Null when the connection is to be cut. */
    private @Nullable Reply reply(Incoming request, String requestId) {
        if (request.path().equals("/healthz")) {
            return new Reply(200, "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8), false);
        }
        if (request.path().startsWith("/oauth/")) {
            return oauth(request);
        }
        return request.path().startsWith("/_sandbox")
                ? control.process(request.method(), request.path(), request.body())
                : api(request, requestId);
    }

    private Reply oauth(Incoming request) {
        var header = request.header("Authorization");
        return new OAuthEndpoints(engine, authentication::accepts)
                .answer(request.path(), text(request), header == null ? null : Authentication.keyIn(header));
    }

    private @Nullable Reply api(Incoming request, String requestId) {
        var method = request.method();
        var path = request.path();
        if (!METHODS.contains(method)) {
            throw ApiException.of(
                    404, "invalid_request_error", null, "Unrecognized request URL (" + method + ": " + path + ").");
        }
        var secret = authenticate(path, request.header("Authorization"));
        permissions.check(secret, method, path);
        var account = acting.account(request, secret);
        limits.exceeded(account, method, path).ifPresent(reason -> {
            throw new RateLimited(reason);
        });
        refuseOtherVersions(request);
        checkContentType(request);
        var trouble = troubles.take(method, path).orElse(null);
        if (trouble != null && trouble.kind() == Trouble.Kind.CUT_BEFORE) {
            return null;
        }
        var key = request.header("Idempotency-Key");
        var reply = engine.process(
                new Request(requestId, method, path, form(request), json(request), key, account),
                () -> before(trouble));
        return trouble == null ? reply : after(trouble, reply, requestId);
    }

    /** What the client gets to know of something that has happened, or has not. */
    private static @Nullable Reply after(Trouble trouble, Reply reply, String requestId) {
        boolean refuses = trouble.kind() == Trouble.Kind.ERROR_AFTER || trouble.kind() == Trouble.Kind.ERROR_BEFORE;
        if (refuses && trouble.status() == 429) {
            throw new RateLimited(trouble.reason());
        }
        return switch (trouble.kind()) {
            case CUT_AFTER -> null;
            case ERROR_AFTER -> Reply.of(refusal(trouble).logged(requestId));
            default -> reply;
        };
    }

    /** The key that the request is made with; empty when it is made with a session's token. */
    private String authenticate(String path, @Nullable String authorization) {
        if (path.equals(MeterSessions.STREAM)) {
            sessions.check(authorization);
            return "";
        }
        return authentication.check(authorization);
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
        if (trouble.kind() == Trouble.Kind.ERROR_BEFORE || trouble.kind() == Trouble.Kind.LOCK_TIMEOUT) {
            throw refusal(trouble);
        }
        if (trouble.kind() == Trouble.Kind.ERROR_KEPT) {
            throw ApiException.failed(trouble.status(), "An unknown error occurred (trouble on demand).");
        }
    }

    private static ApiException refusal(Trouble trouble) {
        if (trouble.kind() == Trouble.Kind.LOCK_TIMEOUT) {
            return ApiException.of(
                    429,
                    "invalid_request_error",
                    "lock_timeout",
                    "This object cannot be accessed right now because another API request or Stripe process is currently "
                            + "accessing it. If you see this error intermittently, retry the request.");
        }
        return trouble.status() == 429
                ? ApiException.of(
                        429, "invalid_request_error", "rate_limit", "Too many requests hit the API too quickly.")
                : ApiException.of(
                        trouble.status(), "api_error", null, "An unknown error occurred (trouble on demand).");
    }

    private static void refuseOtherVersions(Incoming request) {
        var version = request.header("Stripe-Version");
        if (version != null && Release.named(version).isEmpty()) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Invalid Stripe API version: " + version + ". The Stripe sandbox speaks "
                            + String.join(", ", Release.versions()) + " only.");
        }
    }

    /** That in which an answer is given: to an unknown one it is a refusal in the newest. */
    private static Release release(Incoming request) {
        var version = request.header("Stripe-Version");
        return version == null ? Release.newest() : Release.named(version).orElse(Release.newest());
    }

    private static void checkContentType(Incoming request) {
        var type = request.header("Content-Type");
        var path = request.path();
        var wanted = Request.isV2(path) ? "application/json" : "application/x-www-form-urlencoded";
        if (request.body().length > 0 && type != null && !type.startsWith(wanted)) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Invalid request: " + path + " takes " + wanted + ", not " + type + ".");
        }
    }

    private static String form(Incoming request) {
        var query = request.query();
        var text = Request.isV2(request.path()) ? "" : text(request);
        return query == null ? text : text.isEmpty() ? query : query + "&" + text;
    }

    private static @Nullable String json(Incoming request) {
        return Request.isV2(request.path()) && request.body().length > 0 ? text(request) : null;
    }

    private static String text(Incoming request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static Outgoing outgoing(Incoming request, String requestId, Reply reply) {
        var release = release(request);
        var headers = headers(requestId, release);
        var key = request.header("Idempotency-Key");
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        if (reply.replayed()) {
            headers.put("Idempotent-Replayed", "true");
        }
        if (reply.retry() != null) {
            headers.put("Stripe-Should-Retry", String.valueOf(reply.retry()));
        }
        return new Outgoing(reply.status(), headers, release.render(reply.body()));
    }

    private static Map<String, String> headers(String requestId, Release release) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Request-Id", requestId);
        headers.put("Stripe-Version", release.version());
        return headers;
    }
}
