package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import org.jspecify.annotations.Nullable;

/** One event of a request, numbered from zero. */
sealed interface ReadEvent {

    int index();

    record WellFormed(int index, Usage usage) implements ReadEvent {}

    /** @param detail what is wrong with the form and what would be right */
    record IllFormed(
            int index, @Nullable String id, @Nullable String source, String detail) implements ReadEvent {

        Receipt.Refusal refusal() {
            return new Receipt.Refusal(index, id, source, Reason.MALFORMED.code(), detail, false);
        }
    }
}
