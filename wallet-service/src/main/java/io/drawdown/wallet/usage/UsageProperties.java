package io.drawdown.wallet.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How usage is taken in.
 *
 * @param concurrency consumers in this instance; more than there are partitions are idle
 * @param maxBatch most records in one transaction
 * @param fetchMinBytes the broker waits for this much, or for {@code fetchMaxWait}: larger batches, later draw-downs
 * @param fetchMaxWait longest such wait
 * @param fetchMaxBytes most that is fetched from one partition at once
 * @param retryPause between attempts at a batch that could not be recorded
 * @param mostFailedAccounts so many accounts are set aside when their usage fails; with more the fault is no account's, and a
 *     partition waits
 * @param replayEvery parked usage is tried again at least this often
 * @param searchLimit longest that the database looks for a usage event at once
 * @param periodEventsMax most events of a wallet that are read for one correction, sixteen usage events in them counting as one more: where the last or the largest value of a month is
 *     withdrawn, all of the month is read to find the one that counts instead, and usage of that partition waits meanwhile
 * @param correctable longer than usage can be corrected after it was drawn down
 */
@ConfigurationProperties("drawdown.wallet.usage")
record UsageProperties(
        @DefaultValue("2") int concurrency,
        @DefaultValue("10000") int maxBatch,
        @DefaultValue("64KB") DataSize fetchMinBytes,
        @DefaultValue("25ms") Duration fetchMaxWait,
        @DefaultValue("8MB") DataSize fetchMaxBytes,
        @DefaultValue("1s") Duration retryPause,
        @DefaultValue("100") int mostFailedAccounts,
        @DefaultValue("30s") Duration replayEvery,
        @DefaultValue("5s") Duration searchLimit,
        @DefaultValue("1000000") long periodEventsMax,
        @DefaultValue("40d") Duration correctable) {}
