package io.drawdown.usage.gate;

import io.drawdown.events.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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

    /**
     * @param records of one poll
     * @throws IllegalStateException naming the last such position of a partition, and the ways out
     */
    static void require(ConsumerRecords<?, ?> records) {
        for (var partition : records.partitions()) {
            records.records(partition).reversed().stream()
                    .filter(each -> each.timestampType() != TimestampType.LOG_APPEND_TIME)
                    .findFirst()
                    .ifPresent(BrokerTime::refuse);
        }
    }

    private static void refuse(ConsumerRecord<?, ?> last) {
        throw new IllegalStateException(last.topic() + "-" + last.partition() + " has a record at offset "
                + last.offset()
                + " that was dated by its producer (" + last.timestampType() + "), perhaps after others, and more may"
                + " follow; repeats of it would not be recognised, and the gate does not go past it. See that the topic has"
                + " LogAppendTime; then create " + Topic.Name.USAGE_EVENTS + " and " + Topic.Name.USAGE_ACCEPTED
                + " anew, as the service's README says under Restoring, or delete the records up to that one"
                + " (kafka-delete-records with offset " + (last.offset() + 1) + "), again if another is named then, and"
                + " have sent again what stood there");
    }
}
