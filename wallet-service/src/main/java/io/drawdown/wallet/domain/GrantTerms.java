package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every grant that a wallet ever had, spent or not, with the terms that it has by now. */
public final class GrantTerms {

    private final Map<GrantId, Grant> grants = new HashMap<>();

    /** Follows the next event; those that say nothing about terms may be left out. */
    public void follow(WalletEvent event) {
        if (event instanceof CreditGranted granted) {
            grants.put(granted.grantId(), Grant.of(granted, granted.amount()));
        } else if (event instanceof GrantRolledOver rolled) {
            grants.put(rolled.into().id(), rolled.into());
        } else if (event instanceof CreditGivenBack given) {
            expire(given.grantId(), given.expiresAnew());
        } else if (event instanceof GrantVoided voided) {
            expire(voided.grantId(), voided.header().recordedAt());
        }
    }

    private void expire(GrantId id, @Nullable Instant at) {
        if (at != null) {
            grants.computeIfPresent(id, (_, grant) -> grant.expiringAt(at));
        }
    }

    /**
     * The grants that these allocations name, each with what it gave as its remainder.
     *
     * @throws IllegalStateException if one was never given
     */
    public List<Grant> lots(List<Allocation> allocations) {
        return allocations.stream().map(this::lot).toList();
    }

    private Grant lot(Allocation allocation) {
        var grant = grants.get(allocation.grantId());
        if (grant == null) {
            throw new IllegalStateException(
                    "Grant " + allocation.grantId() + " was burned and never given; the history is damaged");
        }
        return grant.leaving(allocation.amount());
    }
}
