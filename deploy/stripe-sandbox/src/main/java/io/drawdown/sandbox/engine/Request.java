package io.drawdown.sandbox.engine;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to the API.
 *
 * @param path decoded
 * @param form query and, for v1, body joined, still encoded
 * @param account whose objects it is about; {@link io.drawdown.sandbox.store.Work#PLATFORM} for the platform's own
 * @param json body of a v2 request, null for all others
 */
public record Request(
        String id,
        String method,
        String path,
        String form,
        @Nullable String json,
        @Nullable String idempotencyKey,
        String account) {

    /** Whether the path is one of the second version of the API. */
    public static boolean isV2(String path) {
        return path.startsWith("/v2/");
    }

    boolean isV2() {
        return isV2(path);
    }
}
