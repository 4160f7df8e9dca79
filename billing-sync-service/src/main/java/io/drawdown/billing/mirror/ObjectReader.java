package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectKind;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads one kind of object from Stripe. Called inside the transaction that will publish what it returns. */
public interface ObjectReader {

    ObjectKind kind();

    /**
     * Fetches the object as it is now.
     *
     * @return empty if Stripe does not know it
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe did not answer
     */
    Optional<Observation> read(String objectId);

    /**
     * What to publish of an object that is no longer there.
     *
     * @param lastContent what was published last, as {@link Content#encode} wrote it
     * @return empty if its absence says nothing
     */
    default Optional<Observation> readGone(ByteBuffer lastContent) {
        return Optional.empty();
    }
}
