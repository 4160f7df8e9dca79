package io.drawdown.chaos.check;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** What every wallet event carries. */
record Header(String walletId, String accountId, long sequence, Instant recordedAt) {

    static Header of(SpecificRecord event) {
        return new Header(
                String.valueOf(field(event, "walletId")),
                String.valueOf(field(event, "accountId")),
                (Long) field(event, "sequence"),
                (Instant) field(event, "recordedAt"));
    }

    private static Object field(SpecificRecord event, String name) {
        return event.get(event.getSchema().getField(name).pos());
    }

    @Override
    public String toString() {
        return walletId + " #" + sequence;
    }
}
