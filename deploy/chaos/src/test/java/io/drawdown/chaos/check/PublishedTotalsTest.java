package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.TotalWindow;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account in Kathmandu used ten calls at noon in UTC; what the topic says of it is made wrong once each. */
class PublishedTotalsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Accounts ACCOUNTS = new Accounts(List.of("acme"), Map.of("acme", ZoneId.of("Asia/Kathmandu")));
    private static final Catalogue CATALOGUE = new Catalogue(Map.of(CALLS, "mtr_calls"), "price_credit");
    private static final UsageTotal DAY = total(TotalWindow.DAY, "2026-11-19T18:15:00Z", "2026-11-20T18:15:00Z")
            .build();
    private static final UsageTotal HOUR = total(TotalWindow.HOUR, "2026-11-20T11:15:00Z", "2026-11-20T12:15:00Z")
            .build();

    @Test
    void areContentWithTheLastStateWhereverItStands() {
        var old = UsageTotal.newBuilder(HOUR).setVersion(1).setSum("3").build();

        assertThat(violations(DAY, HOUR)).isEmpty();
        assertThat(violations(DAY, old, HOUR)).isEmpty();
        assertThat(violations(DAY, HOUR, old)).isEmpty();
        assertThat(violations(DAY, old)).singleElement().asString().contains("1 events have come to 10");
    }

    @Test
    void seeATotalThatIsMissing() {
        assertThat(violations(DAY))
                .singleElement()
                .asString()
                .contains("is no HOUR of usage.totals.v1, and has 1 events");
    }

    @Test
    void seeAnEventCountedTwice() {
        assertThat(violations(DAY, UsageTotal.newBuilder(HOUR).setEvents(2).build()))
                .singleElement()
                .asString()
                .contains("1 events have come to 10");
    }

    @Test
    void seeAnHourOfAnotherClock() {
        var hour = total(TotalWindow.HOUR, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z")
                .build();

        assertThat(violations(DAY, hour))
                .anyMatch(words -> words.contains("is no HOUR in Asia/Kathmandu: that is from 2026-11-20T11:15:00Z"))
                .anyMatch(words -> words.contains("0 events have come to 0"))
                .anyMatch(words -> words.contains("is no HOUR of usage.totals.v1"));
    }

    @Test
    void seeADayThatEndsTooEarly() {
        assertThat(violations(HOUR, UsageTotal.newBuilder(DAY).setEnd(NOON).build()))
                .singleElement()
                .asString()
                .contains("is no DAY in Asia/Kathmandu");
    }

    private static List<String> violations(UsageTotal... records) {
        var published = new PublishedTotals();
        List.of(records).forEach(published::add);
        return published.check(used(), ACCOUNTS, CATALOGUE).violations();
    }

    private static WindowedUse used() {
        var sent = new Sent();
        sent.took(new Sent.Usage("a", "acme", CALLS, BigDecimal.TEN));
        var accepted = UsageAccepted.newBuilder()
                .setId("a")
                .setSource("/s")
                .setAccountId("acme")
                .setMeterId("mtr_calls")
                .setValue("10")
                .setOccurredAt(NOON)
                .setAcceptedAt(NOON)
                .setSourcePartition(0)
                .setSourceOffset(1)
                .build();
        return WindowedUse.of(AcceptedUsage.of(List.of(accepted)), ACCOUNTS, sent);
    }

    private static UsageTotal.Builder total(TotalWindow window, String start, String end) {
        return UsageTotal.newBuilder()
                .setAccountId("acme")
                .setMeterId("mtr_calls")
                .setWindow(window)
                .setStart(Instant.parse(start))
                .setEnd(Instant.parse(end))
                .setEvents(1)
                .setSum("10")
                .setMax("10")
                .setLast("10")
                .setLastAt(NOON)
                .setVersion(2)
                .setUpdatedAt(NOON);
    }
}
