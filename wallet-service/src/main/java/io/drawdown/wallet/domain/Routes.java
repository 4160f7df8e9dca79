package io.drawdown.wallet.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An account's further wallets, and which meters they pay for. The account's main wallet knows; others have none.
 *
 * @param further there may be some that pay for no meter
 * @param payers by meter; the main wallet pays for what is not in it
 */
public record Routes(Set<WalletId> further, Map<String, WalletId> payers) {

    static final Routes NONE = new Routes(Set.of(), Map.of());

    Routes with(WalletId added) {
        var all = new HashSet<>(further);
        all.add(added);
        return new Routes(Set.copyOf(all), payers);
    }

    Routes with(String meterId, WalletId payer) {
        var all = new HashMap<>(payers);
        if (payer.isMain()) {
            all.remove(meterId);
        } else {
            all.put(meterId, payer);
        }
        return new Routes(further, Map.copyOf(all));
    }
}
