package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import org.jspecify.annotations.Nullable;

/** One event of a request, numbered from zero. */
sealed interface ReadEvent {

    int index();

    /** As it was sent, where it could be read. */
    @Nullable
    String id();

    /** As it was sent, where it could be read. */
    @Nullable
    String source();

    record WellFormed(int index, Usage usage) implements ReadEvent {

        @Override
        public String id() {
            return usage.id();
        }

        @Override
        public String source() {
            return usage.source();
        }
    }

    /** @param detail what is wrong with the form and what would be right */
    record IllFormed(
            int index, @Nullable String id, @Nullable String source, String detail) implements ReadEvent {

        Receipt.Refusal refusal() {
            return new Receipt.Refusal(index, id, source, Reason.MALFORMED.code(), detail, false);
        }
    }
}
