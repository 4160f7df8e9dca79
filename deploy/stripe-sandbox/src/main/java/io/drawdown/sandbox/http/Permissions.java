package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.connect.Accounts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What restricted keys may do.
 *
 * <p>A permission is named after a collection, {@code rak_customer_read} or {@code rak_billing_meter_write}; whoever may
 * write may read.
 *
 * @param keys the permissions of each restricted key; any other key may do everything
 */
record Permissions(Map<String, Set<String>> keys) {

    private static final Set<String> GROUPS = Set.of("billing", "tax", "test_helpers", "core");

    /** Refuses with 403 what the key may not do. */
    void check(String key, String method, String path) {
        var held = keys.get(key);
        var segments = List.of(path.split("/"));
        if (held == null || segments.size() < 3) {
            return;
        }
        var subject = "rak_" + subject(segments);
        var needed = subject + (method.equals("GET") ? "_read" : "_write");
        if (!held.contains(needed) && !held.contains(subject + "_write")) {
            throw ApiException.of(
                    403,
                    "invalid_request_error",
                    null,
                    "The provided key '" + key.substring(0, 8)
                            + "****' does not have the required permissions for this "
                            + "endpoint on account '" + Accounts.PLATFORM + "'. Having the '" + needed
                            + "' permission would allow this request to continue.");
        }
    }

    /** From {@code /v1/billing/meters/…}, split, to {@code billing_meter}. */
    private static String subject(List<String> segments) {
        boolean grouped = GROUPS.contains(segments.get(2)) && segments.size() > 3;
        return (grouped ? segments.get(2) + "_" + segments.get(3) : segments.get(2)).replaceFirst("s$", "");
    }
}
