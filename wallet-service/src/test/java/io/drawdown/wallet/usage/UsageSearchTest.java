package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.LeftUsage;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class UsageSearchTest {

    static final AccountId ACCOUNT = new AccountId("acme");
    static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    static final Money FREE = Money.zero(Currency.getInstance("USD"));

    /** By sequence; null stands for an event without usage. */
    final List<@Nullable WalletEvent> events = new ArrayList<>();

    int reads;

    /** Old draw-downs without position first, then others mixed with what was parked and with events of other kinds. */
    @Property(tries = 300)
    void findsWhatIsThereAndNothingElse(
            @ForAll @IntRange(max = 5) int old, @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> kinds) {
        events.clear();
        long offset = 0;
        for (int i = 0; i < old; i++) {
            add(null, offset++);
        }
        for (int kind : kinds) {
            switch (kind) {
                case 0 -> events.add(null);
                case 1 -> add(null, -1);
                default -> {
                    add(
                            new SourceRange(1, offset, offset + kind),
                            LongStream.rangeClosed(offset, offset + kind).toArray());
                    offset += kind + 3;
                }
            }
        }
        var offsets = events.stream()
                .filter(Objects::nonNull)
                .flatMap(UsageSearchTest::offsets)
                .toList();
        for (long wanted = 0; wanted < offset + 2; wanted++) {
            assertThat(find(wanted)).as("offset %s of %s", wanted, events).isEqualTo(offsets.contains(wanted));
        }
    }

    @Example
    void readsAMillionEventsInTwentySteps() {
        UsageSearch.History million = (begin, end) -> {
            reads++;
            return begin < end ? drawDown(begin, new SourceRange(1, begin, begin), begin) : null;
        };
        assertThat(new UsageSearch(million, 1_000_000, sought(123_456)).byPosition())
                .isPresent();
        assertThat(reads).isLessThanOrEqualTo(21);
    }

    private boolean find(long offset) {
        return new UsageSearch(this::next, events.size(), sought(offset))
                .byPosition()
                .isPresent();
    }

    private @Nullable WalletEvent next(long begin, long end) {
        for (long i = begin; i < end; i++) {
            var event = events.get((int) i);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    private void add(@Nullable SourceRange position, long... offsets) {
        events.add(
                events.size() % 2 == 0
                        ? drawDown(events.size(), position, offsets)
                        : left(events.size(), position, offsets));
    }

    private static WalletEvent left(long sequence, @Nullable SourceRange position, long... offsets) {
        var lines = LongStream.of(offsets)
                .mapToObj(offset -> new LeftUsage("/test", "u" + offset, "mtr", BigDecimal.ONE, AT, null))
                .toList();
        return new UsageLeftToArrears(header(sequence), Settlement.ARREARS, lines, position);
    }

    private static EventHeader header(long sequence) {
        return new EventHeader(WalletId.of(ACCOUNT), ACCOUNT, sequence, AT);
    }

    private static WalletEvent drawDown(long sequence, @Nullable SourceRange position, long... offsets) {
        var lines = LongStream.of(offsets)
                .mapToObj(
                        offset -> new UsageLine("/test", "u" + offset, "mtr", "price", BigDecimal.ONE, FREE, AT, null))
                .toList();
        return new UsageDrawnDown(header(sequence), FREE, lines, List.of(), FREE, FREE, position);
    }

    private static Stream<Long> offsets(@Nullable WalletEvent event) {
        var ids = switch (event) {
            case UsageDrawnDown drawn -> drawn.lines().stream().map(UsageLine::id);
            case UsageLeftToArrears left -> left.lines().stream().map(LeftUsage::id);
            case null, default -> Stream.<String>of();
        };
        return ids.map(id -> Long.valueOf(id.substring(1)));
    }

    private static SoughtUsage sought(long offset) {
        return new SoughtUsage(1, offset, new UsageName("/test", "u" + offset));
    }
}
