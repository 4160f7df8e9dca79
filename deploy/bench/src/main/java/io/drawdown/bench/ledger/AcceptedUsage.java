package io.drawdown.bench.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/** Accepted usage as the gate would send it: each account as likely as any other, positions that rise by partition. */
public final class AcceptedUsage {

    private static final int PARTITIONS = Topic.USAGE_ACCEPTED.partitions();
    private static final long SEED = 20_261_120;

    private final List<String> accounts;
    private final String meterId;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long[] positions = new long[PARTITIONS];
    private final int[] partitions;

    /**
     * @param accounts the accounts that the usage belongs to
     * @param meterId the meter that counted it
     */
    public AcceptedUsage(List<String> accounts, String meterId) {
        this.accounts = accounts;
        this.meterId = meterId;
        this.partitions = accounts.stream().mapToInt(AcceptedUsage::partition).toArray();
    }

    /** The next record; its number is the usage's id. */
    public ProducerRecord<String, UsageAccepted> next(long number) {
        var account = random.nextInt(accounts.size());
        var partition = partitions[account];
        var usage = usage(number, accounts.get(account), partition, positions[partition]++);
        return new ProducerRecord<>(Topic.USAGE_ACCEPTED.topicName(), partition, accounts.get(account), usage);
    }

    private UsageAccepted usage(long number, String account, int partition, long position) {
        var now = Instant.now();
        return UsageAccepted.newBuilder()
                .setId(Long.toString(number))
                .setSource("/bench")
                .setAccountId(account)
                .setMeterId(meterId)
                .setValue("1")
                .setOccurredAt(now)
                .setAcceptedAt(now)
                .setDimensions(Map.of())
                .setSourcePartition(partition)
                .setSourceOffset(position)
                .build();
    }

    private static int partition(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8))) % PARTITIONS;
    }
}
