package io.drawdown.wallet.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * How the usage of each meter is paid for.
 *
 * @param modes by meter; a meter that is not in it is prepaid
 */
public record Settlements(Map<String, Settlement> modes) {

    static final Settlements ALL_PREPAID = new Settlements(Map.of());

    /** How usage of {@code meterId} is paid for. */
    public Settlement of(String meterId) {
        return modes.getOrDefault(meterId, Settlement.PREPAID);
    }

    boolean areAllPrepaid() {
        return modes.isEmpty();
    }

    Settlements with(String meterId, Settlement mode) {
        var changed = new HashMap<>(modes);
        if (mode == Settlement.PREPAID) {
            changed.remove(meterId);
        } else {
            changed.put(meterId, mode);
        }
        return new Settlements(Map.copyOf(changed));
    }
}
