package io.drawdown.billing.stripe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata by which Drawdown finds its own objects again. */
final class Metadata {

    static final String ACCOUNT = "drawdown_account_id";
    static final String REPLENISHMENT = "drawdown_replenishment_id";
    static final String WALLET = "drawdown_wallet_id";

    private Metadata() {}

    /** The value, or null where it is missing or empty. */
    static @Nullable String value(@Nullable Map<String, String> metadata, String key) {
        var value = metadata == null ? null : metadata.get(key);
        return value == null || value.isBlank() ? null : value;
    }
}
