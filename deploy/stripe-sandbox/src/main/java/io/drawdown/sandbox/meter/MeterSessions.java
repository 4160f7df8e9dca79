package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.v2.Rfc3339;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sessions of the event stream. A token says itself how long it is good for: that outlasts restarts, and a sandbox has
 * nothing to guard.
 */
public final class MeterSessions {

    /** The path that takes a session's token where others take a key. */
    public static final String STREAM = "/v2/billing/meter_event_stream";

    private static final long LIFE_SECONDS = 15 * 60L;
    private static final String PREFIX = "mes_test_";
    private static final int RADIX = 36;

    private final InstantSource clock;

    public MeterSessions(InstantSource clock) {
        this.clock = clock;
    }

    static ObjectNode create(Call call) {
        long now = call.tx().moment().outside();
        long end = now + LIFE_SECONDS;
        return Json.object()
                .put("id", Ids.next("mes_test"))
                .put("object", "v2.billing.meter_event_session")
                .put("authentication_token", PREFIX + Long.toString(end, RADIX) + "_" + Ids.text(40))
                .put("created", Rfc3339.text(now))
                .put("expires_at", Rfc3339.text(end))
                .put("livemode", false);
    }

    /** Refuses what is not the token of a session, and a token whose time is over. */
    public void check(@Nullable String authorization) {
        var token = authorization == null || !authorization.startsWith("Bearer ")
                ? ""
                : authorization.substring("Bearer ".length()).strip();
        if (!token.startsWith(PREFIX)) {
            throw ApiException.of(
                    401,
                    "authentication_error",
                    null,
                    "The event stream takes the authentication_token of POST /v2/billing/meter_event_session, no key.");
        }
        if (endOf(token) <= clock.instant().getEpochSecond()) {
            throw ApiException.of(
                    401,
                    "temporary_session_expired",
                    "billing_meter_event_session_expired",
                    "The session of this authentication_token has expired: create another.");
        }
    }

    private static long endOf(String token) {
        int end = token.indexOf('_', PREFIX.length());
        try {
            return end < 0 ? 0 : Long.parseLong(token.substring(PREFIX.length(), end), RADIX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
