package io.drawdown.wallet.credit;

import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReversedGrant;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a refund, a dispute or a credit note has taken back of one line of an invoice, all in all.
 *
 * @param accountId null while billing does not know whose customer it is
 * @param kind a code: refund, dispute or credit-note
 * @param paid what was paid for the whole line
 * @param takenBack how much of that is taken back now
 */
record ReversedLine(
        String reversalId,
        String lineId,
        @Nullable AccountId accountId,
        String kind,
        Money paid,
        Money takenBack,
        Instant seenAt) {

    static List<ReversedLine> of(PaymentReversal reversal) {
        var currency = Currency.getInstance(reversal.getTakenBack().getCurrency());
        return reversal.getLines().stream()
                .map(line -> new ReversedLine(
                        reversal.getReversalId(),
                        line.getLineId(),
                        reversal.getAccountId() == null ? null : new AccountId(reversal.getAccountId()),
                        reversal.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        Money.of(line.getPaid(), currency),
                        Money.of(line.getTakenBack(), currency),
                        reversal.getSeenAt()))
                .toList();
    }

    /** The grant that the line bought, and the bonus that may have come with it. */
    List<GrantId> grantIds() {
        return List.of(GrantId.ofInvoiceLine(lineId), GrantId.ofBonus(lineId));
    }

    /** @param granted one of its grants, as it was given */
    ReversedGrant of(Grant granted) {
        return new ReversedGrant(granted, paid, takenBack);
    }
}
