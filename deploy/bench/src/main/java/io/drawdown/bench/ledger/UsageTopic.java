package io.drawdown.bench.ledger;

import io.drawdown.bench.prepare.TopicFill;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fills usage.accepted.v1 before anything is measured, so that no contender shares the machine with the producer.
 *
 * @param kafka the brokers' addresses
 * @param schemaRegistry the registry's address
 * @param accounts the accounts that the usage belongs to, each as likely as any other
 * @param meterId the meter that counted it
 */
record UsageTopic(String kafka, String schemaRegistry, List<String> accounts, String meterId) {

    /** Sends so many events and waits until the broker has them all; tells how many are sent, once every million. */
    void fill(long events, LongConsumer progress) {
        var usage = new AcceptedUsage(accounts, meterId);
        new TopicFill(kafka, schemaRegistry).fill(events, usage::next, progress);
    }
}
