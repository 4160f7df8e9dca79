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

    /** The same, of these bytes: what cannot be read otherwise is kept as them. */
    ReadEvent sentAs(byte[] bytes, int from, int length);

    record WellFormed(int index, Usage usage) implements ReadEvent {

        @Override
        public Names names() {
            return Names.of(usage);
        }

        @Override
        public ReadEvent sentAs(byte[] bytes, int from, int length) {
            return this;
        }
    }

    /**
     * One that is no event.
     *
     * @param detail what is wrong with the form and what would be right
     * @param original as it was sent; null when it is larger than an event may be
     */
    @SuppressWarnings("ArrayRecordComponent") // It is sent on, never compared.
    record IllFormed(int index, Names names, String detail, byte @Nullable [] original) implements ReadEvent {

        @Override
        public ReadEvent sentAs(byte[] bytes, int from, int length) {
            return new IllFormed(index, names, detail, Arrays.copyOfRange(bytes, from, from + length));
        }

        Receipt.Refusal refusal() {
            return new Receipt.Refusal(index, names.id(), names.source(), Reason.MALFORMED.code(), detail, false);
        }
    }
}
