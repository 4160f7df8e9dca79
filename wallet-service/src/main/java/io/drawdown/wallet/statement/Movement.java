package io.drawdown.wallet.statement;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.drawdown.wallet.domain.Money;
import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What moved a balance, added up over a period.
 *
 * @param count how many usage events for what was drawn down, else how many entries
 * @param quantity how much was used, and of what was adjusted how much more; absent for what is no usage
 * @param amount what it added to the balance; negative for what it took
 */
record Movement(Key key, long count, @Nullable BigDecimal quantity, Money amount) {

    Movement plus(Movement other) {
        return new Movement(key, count + other.count, sum(quantity, other.quantity), amount.plus(other.amount));
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? null : one.add(other);
    }

    /** Why a balance moved. */
    enum Kind {
        GRANTED_PAID,
        GRANTED_PROMOTIONAL,
        DRAWN_DOWN,
        /** Usage that came to count otherwise than it was drawn down. */
        ADJUSTED,
        CAPTURED,
        /** What went on of grants that expired, as ROLLED_IN. */
        ROLLED_OUT,
        ROLLED_IN,
        EXPIRED,
        VOIDED,
        FORFEITED,
        CLAWED_BACK,
        GIVEN_BACK
    }

    /** @param meterId what was used; absent where no meter is known */
    record Key(Kind kind, @Nullable String meterId) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                comparing(Key::kind).thenComparing(Key::meterId, nullsFirst(naturalOrder()));

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
