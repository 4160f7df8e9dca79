package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectKind;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * The same, for kinds of which what is to be published may depend on what was published before.
     *
     * @param lastContent what was published last, as {@link Content#encode} wrote it; null if nothing ever was
     */
    default Optional<Observation> read(String objectId, @Nullable ByteBuffer lastContent) {
        return read(objectId);
    }

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
