package io.drawdown.billing.stripe;

import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceFinalizeInvoiceParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoicePayParams;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.Replenishment;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What is sent for a charge. It follows from the stored replenishment alone, so every try under a key sends the same:
 * Stripe refuses a key that comes with other parameters.
 */
final class ChargeRequests {

    /** Stripe must not collect by itself: the payment is ours to try, once. */
    static final InvoiceFinalizeInvoiceParams FINALIZE = InvoiceFinalizeInvoiceParams.builder()
            .setAutoAdvance(false)
            .addExpand(ChargeMapping.PAYMENT_INTENTS)
            .build();

    static final InvoicePayParams PAY = InvoicePayParams.builder()
            .setOffSession(true)
            .addExpand(ChargeMapping.PAYMENT_INTENTS)
            .build();

    private static final String DESCRIPTION = "Credit top-up";

    private ChargeRequests() {}

    /** An empty draft in the wallet's currency; pending items of others stay where they are. */
    static InvoiceCreateParams invoice(Replenishment replenishment) {
        return InvoiceCreateParams.builder()
                .setCustomer(replenishment.customerId())
                .setCurrency(currencyOf(replenishment))
                .setAutoAdvance(false)
                .setCollectionMethod(InvoiceCreateParams.CollectionMethod.CHARGE_AUTOMATICALLY)
                .setPendingInvoiceItemsBehavior(InvoiceCreateParams.PendingInvoiceItemsBehavior.EXCLUDE)
                .setDescription(DESCRIPTION)
                .putAllMetadata(metadataOf(replenishment))
                .build();
    }

    static InvoiceItemCreateParams line(Replenishment replenishment, String invoiceId) {
        var line = Objects.requireNonNull(replenishment.line(), "A planned replenishment has its line.");
        var request = InvoiceItemCreateParams.builder()
                .setCustomer(replenishment.customerId())
                .setInvoice(invoiceId)
                .setDescription(DESCRIPTION)
                .putAllMetadata(metadataOf(replenishment));
        return priced(request, line, replenishment).build();
    }

    private static InvoiceItemCreateParams.Builder priced(
            InvoiceItemCreateParams.Builder request, ChargeLine line, Replenishment replenishment) {
        if (line.priceId() == null) {
            return request.setAmount(MinorUnit.toMinor(replenishment.amount())).setCurrency(currencyOf(replenishment));
        }
        return request.setQuantity(line.quantity())
                .setPricing(InvoiceItemCreateParams.Pricing.builder()
                        .setPrice(line.priceId())
                        .build());
    }

    private static String currencyOf(Replenishment replenishment) {
        return replenishment.amount().currency().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> metadataOf(Replenishment replenishment) {
        return Map.of(
                Metadata.REPLENISHMENT, replenishment.replenishmentId(),
                Metadata.WALLET, replenishment.walletId(),
                Metadata.ACCOUNT, replenishment.accountId());
    }
}
