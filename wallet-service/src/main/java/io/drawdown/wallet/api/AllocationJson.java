package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.Allocation;

/** What one grant gave. */
record AllocationJson(String grantId, MoneyJson amount) {

    static AllocationJson of(Allocation allocation) {
        return new AllocationJson(allocation.grantId().value(), MoneyJson.of(allocation.amount()));
    }
}
