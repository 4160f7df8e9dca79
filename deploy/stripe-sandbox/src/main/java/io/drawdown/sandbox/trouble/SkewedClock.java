package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A clock that can be made to go wrong: the objects' time differs from everybody else's. */
public final class SkewedClock implements InstantSource {

    private static final long MAX_SKEW = 366 * 24 * 60 * 60L;

    private final InstantSource right;
    private volatile long skewSeconds;

    public SkewedClock(InstantSource right) {
        this.right = right;
    }

    @Override
    public Instant instant() {
        return right.instant().plusSeconds(skewSeconds);
    }

    ObjectNode set(JsonNode json) {
        skewSeconds = Math.clamp(Json.number(json, "skewSeconds", 0), -MAX_SKEW, MAX_SKEW);
        return state();
    }

    ObjectNode state() {
        return Json.object().put("skewSeconds", skewSeconds);
    }
}
