package io.drawdown.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.StripeClient;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceListParams;
import com.stripe.service.V1Services;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Invoices that bill what meters count. Which prices do so changes seldom: they are asked for once a minute at most. */
@Component
class MeteredInvoices {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final V1Services stripe;
    private final StripeCalls calls;
    private final Cache<String, Set<String>> prices =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(10_000).build();

    MeteredInvoices(StripeClient stripe, StripeCalls calls) {
        this.stripe = stripe.v1();
        this.calls = calls;
    }

    /** The id of one that is final and bills a meter's usage of an instant to a customer. */
    Optional<String> finalized(String meterId, String customerId, Instant occurredAt) {
        var billing = pricesOf(meterId);
        return billing.isEmpty()
                ? Optional.empty()
                : Pages.all(calls, id -> stripe.invoices().list(since(occurredAt, customerId, id))).stream()
                        .filter(invoice -> !"draft".equals(invoice.getStatus()))
                        .filter(invoice -> bills(invoice, billing, occurredAt))
                        .map(Invoice::getId)
                        .findFirst();
    }

    /** Usage is billed when its period is over, so the invoice is younger than it. */
    private static InvoiceListParams since(Instant occurredAt, String customerId, @Nullable String after) {
        return InvoiceListParams.builder()
                .setCustomer(customerId)
                .setCreated(InvoiceListParams.Created.builder()
                        .setGt(occurredAt.getEpochSecond())
                        .build())
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    private boolean bills(Invoice invoice, Set<String> billing, Instant occurredAt) {
        var lines = Pages.all(
                calls,
                id -> stripe.invoices()
                        .lineItems()
                        .list(
                                invoice.getId(),
                                InvoiceLineItemListParams.builder()
                                        .setLimit(Pages.SIZE)
                                        .setStartingAfter(id)
                                        .build()));
        return lines.stream()
                .anyMatch(line -> billing.contains(priceOf(line)) && isOver(line, invoice) && covers(line, occurredAt));
    }

    private static String priceOf(InvoiceLineItem line) {
        var details = line.getPricing() == null ? null : line.getPricing().getPriceDetails();
        return details == null || details.getPrice() == null ? "" : details.getPrice();
    }

    /** The first invoice of a subscription may name a period that has just begun, and bills nothing of it. */
    private static boolean isOver(InvoiceLineItem line, Invoice invoice) {
        return line.getPeriod().getEnd() <= invoice.getCreated();
    }

    private static boolean covers(InvoiceLineItem line, Instant instant) {
        var second = instant.getEpochSecond();
        return line.getPeriod().getStart() <= second
                && second < line.getPeriod().getEnd();
    }

    private Set<String> pricesOf(String meterId) {
        var known = prices.getIfPresent(meterId);
        if (known != null) {
            return known;
        }
        var fetched = Pages.all(calls, id -> stripe.prices().list(of(meterId, id))).stream()
                .map(Price::getId)
                .collect(Collectors.toUnmodifiableSet());
        prices.put(meterId, fetched);
        return fetched;
    }

    private static PriceListParams of(String meterId, @Nullable String after) {
        return PriceListParams.builder()
                .setRecurring(
                        PriceListParams.Recurring.builder().setMeter(meterId).build())
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }
}
