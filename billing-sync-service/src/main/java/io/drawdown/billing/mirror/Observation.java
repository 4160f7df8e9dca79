package io.drawdown.billing.mirror;

import io.drawdown.events.Topic;
import java.time.Instant;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The state of one object, ready to be published.
 *
 * @param topic where it is published, under the object's id
 * @param customerId the customer in Stripe that it belongs to, for objects that belong to one
 * @param accountId the account of that customer, where known
 * @param rendering the record, given the instant at which it was seen
 */
public record Observation(
        Topic topic,
        @Nullable String customerId,
        @Nullable String accountId,
        Function<Instant, SpecificRecord> rendering) {

    /** The state of something that belongs to no customer. */
    public static Observation of(Topic topic, Function<Instant, SpecificRecord> rendering) {
        return new Observation(topic, null, null, rendering);
    }
}
