package io.drawdown.usage.gate;

import io.drawdown.events.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Lets no record through that its producer has dated.
 *
 * <p>The topic's setting is checked before the gate opens, but what stood there when it was altered keeps its time. Years
 * ahead, such a record would make the gate forget what it has seen; years back, it would itself be forgotten at once, and its
 * repeat be charged. Kafka Streams does not pass on who has dated a record, so it is looked at before.
 */
final class BrokerTime {

    private BrokerTime() {}

    /** @throws IllegalStateException naming the position and the ways out */
    static void require(ConsumerRecord<?, ?> record) {
        if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
            throw new IllegalStateException(record.topic() + "-" + record.partition() + " has a record at offset "
                    + record.offset() + " that was dated by its producer (" + record.timestampType()
                    + "), so repeats of it would not be recognised, and the gate does not go past it. See that the topic has"
                    + " LogAppendTime; then create " + Topic.Name.USAGE_EVENTS + " and " + Topic.Name.USAGE_ACCEPTED
                    + " anew, as the service's README says under Restoring, or delete the records up to the last such one"
                    + " (kafka-delete-records) and have sent again what stood there");
        }
    }
}
