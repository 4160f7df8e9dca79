package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grant, spent or not.
 *
 * @param amount what it was worth
 * @param remaining what is left of it now
 * @param costBasis what was paid for it
 * @param meterIds the only meters on which it may be spent; absent when it may be spent on all
 * @param rollover what becomes of what is left when it expires; absent when all of it is lost
 * @param bonusOf the bought grant that it came with, as a bonus
 * @param rolledOverFrom the grant as whose credit it goes on
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
        @Nullable RolloverView rollover,
        @Nullable String invoiceId,
        @Nullable String invoiceLineId,
        @Nullable String replenishmentId,
        @Nullable String bonusOf,
        @Nullable String rolledOverFrom,
        @Nullable String reason) {

    /** @throws IllegalArgumentException if the event made no grant */
    static GrantView of(WalletEvent event, Map<GrantId, Money> left) {
        return switch (event) {
            case CreditGranted granted -> of(granted, left);
            case GrantRolledOver rolled -> of(rolled, left);
            default -> throw new IllegalArgumentException(event + " made no grant");
        };
    }

    private static GrantView of(CreditGranted granted, Map<GrantId, Money> left) {
        var grant = Grant.of(granted, granted.amount());
        var purchase = purchase(granted.cause());
        var replenishment = purchase == null ? null : purchase.replenishmentId();
        return new GrantView(
                grant.id().value(),
                granted.header().sequence(),
                grant.kind().name(),
                MoneyJson.of(grant.remaining()),
                left(grant, left),
                MoneyJson.of(granted.costBasis()),
                grant.priority(),
                grant.effectiveAt(),
                grant.expiresAt(),
                meterIds(grant),
                RolloverView.of(granted.rollover()),
                purchase == null ? null : purchase.invoiceId(),
                purchase == null ? null : purchase.lineId(),
                replenishment == null ? null : replenishment.value(),
                granted.cause() instanceof GrantCause.Bonus(var of)
                        ? GrantId.ofInvoiceLine(of.lineId()).value()
                        : null,
                null,
                granted.cause() instanceof GrantCause.Given(var reason) ? reason : null);
    }

    private static GrantCause.@Nullable PaidInvoice purchase(GrantCause cause) {
        return switch (cause) {
            case GrantCause.PaidInvoice purchase -> purchase;
            case GrantCause.Bonus(var purchase) -> purchase;
            case GrantCause.Given _ -> null;
        };
    }

    private static GrantView of(GrantRolledOver rolled, Map<GrantId, Money> left) {
        var grant = rolled.into();
        return new GrantView(
                grant.id().value(),
                rolled.header().sequence(),
                grant.kind().name(),
                MoneyJson.of(grant.remaining()),
                left(grant, left),
                MoneyJson.of(rolled.costBasis()),
                grant.priority(),
                grant.effectiveAt(),
                grant.expiresAt(),
                meterIds(grant),
                null,
                null,
                null,
                null,
                null,
                rolled.grantId().value(),
                null);
    }

    private static MoneyJson left(Grant grant, Map<GrantId, Money> left) {
        return MoneyJson.of(
                left.getOrDefault(grant.id(), Money.zero(grant.remaining().currency())));
    }

    private static @Nullable List<String> meterIds(Grant grant) {
        return grant.isScoped() ? grant.meterIds() : null;
    }

    /**
     * Either an amount or a share.
     *
     * @param mostAmount up to so much goes on
     * @param mostShare this share of what is left goes on
     * @param validFor how long, from the expiry
     */
    @JsonInclude(Include.NON_NULL)
    record RolloverView(
            @Nullable MoneyJson mostAmount, @Nullable String mostShare, String validFor) {

        private static @Nullable RolloverView of(@Nullable Rollover rollover) {
            return rollover == null
                    ? null
                    : of(rollover.limit(), rollover.validFor().toString());
        }

        private static RolloverView of(Rollover.Limit limit, String validFor) {
            return switch (limit) {
                case Rollover.Most(var amount) -> new RolloverView(MoneyJson.of(amount), null, validFor);
                case Rollover.Share(var share) -> new RolloverView(null, share.toPlainString(), validFor);
            };
        }
    }
}
