package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant, spent or not.
 *
 * @param amount what it was worth
 * @param remaining what is left of it now
 * @param costBasis what was paid for it
 * @param meterIds the only meters on which it may be spent; absent when it may be spent on all
 */
@JsonInclude(Include.NON_NULL)
record GrantView(
        String grantId,
        long sequence,
        String kind,
        MoneyJson amount,
        MoneyJson remaining,
        MoneyJson costBasis,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        @Nullable List<String> meterIds,
        @Nullable String invoiceId,
        @Nullable String invoiceLineId,
        @Nullable String replenishmentId,
        @Nullable String reason) {

    static GrantView of(CreditGranted granted, Money remaining) {
        var invoice = granted.cause() instanceof GrantCause.PaidInvoice paid ? paid : null;
        var replenishment = invoice == null ? null : invoice.replenishmentId();
        return new GrantView(
                granted.grantId().value(),
                granted.header().sequence(),
                granted.kind().name(),
                MoneyJson.of(granted.amount()),
                MoneyJson.of(remaining),
                MoneyJson.of(granted.costBasis()),
                granted.priority(),
                granted.effectiveAt(),
                granted.expiresAt(),
                granted.meterIds().isEmpty() ? null : granted.meterIds(),
                invoice == null ? null : invoice.invoiceId(),
                invoice == null ? null : invoice.lineId(),
                replenishment == null ? null : replenishment.value(),
                granted.cause() instanceof GrantCause.Given(var reason) ? reason : null);
    }
}
