package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Excerpt;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's usage must stand: under the account's id as key, on the partition that Kafka's default partitioner
 * chooses for it. Elsewhere it would reach a second writer of the same wallet, and a repeat of it would not be seen.
 */
final class Placement {

    private final int partitions;

    Placement(int partitions) {
        this.partitions = partitions;
    }

    Verdict.@Nullable Refused refusalOf(String accountId, byte @Nullable [] key, int partition) {
        var right = accountId.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(right, key)) {
            return new Verdict.Refused(
                    Reason.WRONG_KEY,
                    "the record key is " + quoted(key) + ": send account id " + Excerpt.of(accountId)
                            + " as the key, in UTF-8");
        }
        int chosen = Utils.toPositive(Utils.murmur2(right)) % partitions;
        return partition == chosen ? null : wrongPartition(accountId, partition, chosen);
    }

    private Verdict.Refused wrongPartition(String accountId, int partition, int chosen) {
        return new Verdict.Refused(
                Reason.WRONG_KEY,
                "the record is on partition " + partition + ", but key " + Excerpt.of(accountId)
                        + " belongs on " + chosen + " of " + partitions
                        + ": let the client choose the partition with Kafka's default partitioner (murmur2; in"
                        + " librdkafka partitioner=murmur2_random)");
    }

    private static String quoted(byte @Nullable [] key) {
        return key == null ? "absent" : Excerpt.of(new String(key, StandardCharsets.UTF_8));
    }
}
