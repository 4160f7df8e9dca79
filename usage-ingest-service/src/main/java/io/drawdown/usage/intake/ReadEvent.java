package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Rejections.Names;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One event of a request, numbered from zero. */
sealed interface ReadEvent {

    int index();

    /** As they were sent, where they could be read. */
    Names names();

    /** Null when it is larger than an event may be. */
    @Nullable
    Sent sent();

    record WellFormed(int index, Usage usage, Sent sent) implements ReadEvent {

        @Override
        public Names names() {
            return Names.of(usage);
        }
    }

    /**
     * One that is no event.
     *
     * @param detail what is wrong with the form and what would be right
     */
    record IllFormed(
            int index, Names names, String detail, @Nullable Sent sent) implements ReadEvent {

        Receipt.Refusal refusal() {
            return new Receipt.Refusal(index, names.id(), names.source(), Reason.MALFORMED.code(), detail, false);
        }
    }

    /** An event as it was sent. Only of what is refused are the bytes needed, so they are put together then, where they can be. */
    @FunctionalInterface
    interface Sent {

        byte[] bytes();

        /** A part of bytes that do not change any more. */
        static Sent of(byte[] bytes, int from, int length) {
            return () -> Arrays.copyOfRange(bytes, from, from + length);
        }
    }
}
