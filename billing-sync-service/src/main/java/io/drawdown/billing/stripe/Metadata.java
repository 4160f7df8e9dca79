package io.drawdown.billing.stripe;

import io.drawdown.billing.domain.Replenishment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata by which Drawdown finds its own objects again. */
final class Metadata {

    static final String ACCOUNT = "drawdown_account_id";
    static final String REPLENISHMENT = Replenishment.METADATA_KEY;
    static final String WALLET = "drawdown_wallet_id";

    private Metadata() {}

    /** The value, or null where it is missing or empty. */
    static @Nullable String value(@Nullable Map<String, String> metadata, String key) {
        var value = metadata == null ? null : metadata.get(key);
        return value == null || value.isBlank() ? null : value;
    }
}
