package io.drawdown.wallet.relay;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic has an event that the database does not have: nothing may be sent until a person has said which of them is right. */
final class UnknownEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownEventException(ConsumerRecord<?, ?> record, String event) {
        super(record.topic() + "-" + record.partition() + " has event " + event + " at offset " + record.offset()
                + ", which this database has not: it is older than what has been published, or belongs to another"
                + " broker. No wallet event is sent until you connect the right one, or have gone on from the older one as the"
                + " README of wallet-service says");
    }
}
