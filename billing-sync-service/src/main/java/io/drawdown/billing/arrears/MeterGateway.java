package io.drawdown.billing.arrears;

import io.drawdown.billing.domain.StripeFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stripe's meters. Every method throws {@link StripeFailure} when Stripe does not do it. */
public interface MeterGateway {

    /** A meter; empty if Stripe does not know it. */
    Optional<BillingMeter> meter(String meterId);

    /** Sends one meter event; one whose identifier Stripe has taken within the last day is there already, and all is well. */
    void send(BillingMeter meter, Outgoing event);

    /** Has Stripe forget a meter event of the last day; it may have forgotten it already, and all is well. */
    void cancel(BillingMeter meter, String identifier);

    /** A finalized invoice that bills a meter's usage of an instant to a customer; empty if none does. */
    Optional<String> finalizedInvoice(String meterId, String customerId, Instant occurredAt);

    /** What Stripe has counted of a customer's usage, from one hour to another, exclusive. It lags behind what it accepts. */
    BigDecimal counted(String meterId, String customerId, Instant from, Instant to);

    /** A report on meter events that were accepted and could not be counted; empty if Stripe does not know it. */
    Optional<ErrorReport> report(String eventId);

    /** @param identifier by which Stripe knows a repeat */
    record Outgoing(String identifier, String customerId, BigDecimal value, Instant occurredAt) {}

    /**
     * @param errors how many meter events it is about
     * @param samples some of them
     */
    record ErrorReport(String summary, long errors, List<Sample> samples) {}

    /** A meter event that could not be counted, and why. */
    record Sample(String identifier, String code, String message) {}
}
