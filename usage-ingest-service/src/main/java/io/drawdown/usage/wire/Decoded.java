package io.drawdown.usage.wire;

import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;

/** What the bytes of a record turned out to be. */
public sealed interface Decoded {

    record Event(Usage usage) implements Decoded {}

    record Amendment(Correction correction) implements Decoded {}

    /** @param detail why the bytes are no usage event, and what would be right */
    record Undecodable(String detail) implements Decoded {

        public Verdict.Refused refusal() {
            return new Verdict.Refused(Reason.MALFORMED, detail);
        }
    }
}
