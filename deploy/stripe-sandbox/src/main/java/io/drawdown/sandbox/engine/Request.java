package io.drawdown.sandbox.engine;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to the API.
 *
 * @param path decoded
 * @param form query and body joined, still encoded
 */
public record Request(
        String id,
        String method,
        String path,
        String form,
        @Nullable String idempotencyKey) {}
