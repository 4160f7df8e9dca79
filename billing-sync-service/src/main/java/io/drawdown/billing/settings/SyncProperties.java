package io.drawdown.billing.settings;

import io.drawdown.billing.domain.BackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pace of synchronisation.
 *
 * @param poll how long a worker with nothing to do waits before it looks again
 * @param workers how many objects are refreshed at a time, and how many replenishments are charged at a time
 * @param retryFirst the wait after the first failed try; doubled from try to try
 * @param retryLimit the longest wait between tries
 * @param paymentPoll how often a payment that Stripe is still processing is looked at
 * @param confirmationWait how long a charge waits for the customer to confirm its payment, before it is voided
 * @param customerWait how long a replenishment waits for its account to have a customer in Stripe
 * @param meterCollect how long usage in arrears of one account, meter and hour is added up before it is sent
 * @param sweepInterval how often missed events are asked for; the schedule reads the same key
 * @param sweepOverlap how far each sweep reaches back before the last one, since events may be listed late
 * @param sweepLookBack how far the very first sweep reaches back; Stripe keeps events for 30 days
 * @param catalogInterval how often the whole catalogue is compared; the schedule reads the same key
 */
@ConfigurationProperties("drawdown.sync")
public record SyncProperties(
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("4") int workers,
        @DefaultValue("1s") Duration retryFirst,
        @DefaultValue("5m") Duration retryLimit,
        @DefaultValue("5m") Duration paymentPoll,
        @DefaultValue("24h") Duration confirmationWait,
        @DefaultValue("10m") Duration customerWait,
        @DefaultValue("1m") Duration meterCollect,
        @DefaultValue("1m") Duration sweepInterval,
        @DefaultValue("5m") Duration sweepOverlap,
        @DefaultValue("30d") Duration sweepLookBack,
        @DefaultValue("10m") Duration catalogInterval) {

    /** How long to wait after a failed try. */
    public BackOff backOff() {
        return new BackOff(retryFirst, retryLimit);
    }
}
