package io.drawdown.usage.wire;

import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;

/** What the bytes of a record turned out to be. */
public sealed interface Decoded {

    record Event(Usage usage) implements Decoded {}

    record Amendment(Correction correction) implements Decoded {}

    /**
     * No usage event.
     *
     * @param detail why not, and what would be right
     * @param isSchemaUnknown whether the registry may only not have heard yet of the schema
     */
    record Undecodable(String detail, boolean isSchemaUnknown) implements Decoded {

        Undecodable(String detail) {
            this(detail, false);
        }

        public Verdict.Refused refusal() {
            return new Verdict.Refused(Reason.MALFORMED, detail);
        }
    }
}
