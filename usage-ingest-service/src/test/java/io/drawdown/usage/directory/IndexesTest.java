package io.drawdown.usage.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.usage.domain.KnownMeter.Counting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IndexesTest {

    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Nested
    class Accounts {

        final AccountIndex index = new AccountIndex();

        @Test
        void findsAnAccountByItsIdAndByItsExternalKeys() {
            put("a", AccountStatus.ACTIVE, "k1", "k2");

            assertThat(index.find("a")).isEqualTo(index.find("k1")).isEqualTo(index.find("k2"));
            assertThat(index.find("k3")).isNull();
        }

        @Test
        void prefersAnIdToAnotherAccountsExternalKey() {
            put("a", AccountStatus.ACTIVE, "b");
            put("b", AccountStatus.ACTIVE);

            assertThat(index.find("b").accountId()).isEqualTo("b");
        }

        @Test
        void forgetsAKeyThatWasTakenAwayAndKeepsOneThatMoved() {
            put("a", AccountStatus.ACTIVE, "k1", "k2");
            put("b", AccountStatus.ACTIVE, "k2");
            put("a", AccountStatus.ACTIVE);

            assertThat(index.find("k1")).isNull();
            assertThat(index.find("k2").accountId()).isEqualTo("b");
        }

        /** As after a start, when the partition of the new owner is read first and the old one's records are all still there. */
        @Test
        void findsAKeyThatMovedAlsoWhenItsOldOwnersRecordsComeAfterwards() {
            put("b", 2, "k");
            put("a", 0, "k");
            assertThat(index.find("k").accountId()).isEqualTo("b");

            put("a", 1);
            assertThat(index.find("k").accountId()).isEqualTo("b");
        }

        @Test
        void givesAKeyBackWhenItsNewOwnerLosesIt() {
            put("a", 0, "k");
            put("b", 1, "k");

            put("b", 2);
            assertThat(index.find("k").accountId()).isEqualTo("a");
        }

        @Test
        void choosesTheOwnerThatChangedLastInWhicheverOrderTheyCome() {
            put("a", 1, "k1", "k2");
            put("b", 2, "k1");
            assertThat(index.find("k1").accountId()).isEqualTo("b");
            put("c", 0, "k2");
            assertThat(index.find("k2").accountId()).isEqualTo("a");

            put("a", 3, "k1");
            assertThat(index.find("k1").accountId()).isEqualTo("a");
            assertThat(index.find("k2").accountId()).isEqualTo("c");
        }

        @Test
        void choosesTheSmallerIdOfTwoThatChangedAtOneInstant() {
            put("a", 0, "k1");
            put("b", 0, "k1", "k2");
            put("a", 0, "k1", "k2");

            assertThat(index.find("k1").accountId()).isEqualTo("a");
            assertThat(index.find("k2").accountId()).isEqualTo("a");
        }

        @Test
        void followsAClosingAndARemoval() {
            put("a", AccountStatus.ACTIVE, "k1");
            put("a", AccountStatus.CLOSED, "k1");
            assertThat(index.find("k1").closed()).isTrue();

            index.put("a", null);
            assertThat(index.find("a")).isNull();
            assertThat(index.find("k1")).isNull();
        }

        void put(String id, AccountStatus status, String... keys) {
            put(id, status, AT, keys);
        }

        void put(String id, int updatedAtSecond, String... keys) {
            put(id, AccountStatus.ACTIVE, AT.plusSeconds(updatedAtSecond), keys);
        }

        void put(String id, AccountStatus status, Instant updatedAt, String... keys) {
            var account = new Account(
                    id, "Acme", "a@example.com", null, "USD", status, null, List.of(keys), AT, updatedAt, "UTC");
            index.put(id, account);
        }
    }

    @Nested
    class Meters {

        final MeterIndex index = new MeterIndex();

        @Test
        void prefersTheActiveMeterOfAName() {
            put("m1", "calls", Aggregation.SUM, false);
            put("m2", "calls", Aggregation.COUNT, true);
            put("m3", "calls", Aggregation.SUM, false);

            assertThat(index.find("calls").meterId()).isEqualTo("m2");
            assertThat(index.find("calls").counting()).isEqualTo(Counting.ONE_EACH);
        }

        @Test
        void followsARenamingAndARemoval() {
            put("m1", "calls", Aggregation.SUM, true);
            put("m1", "requests", Aggregation.SUM, true);
            assertThat(index.find("calls")).isNull();
            assertThat(index.find("requests").meterId()).isEqualTo("m1");

            index.put("m1", null);
            assertThat(index.find("requests")).isNull();
        }

        @Test
        void doesNotGuessAnAggregationItDoesNotKnow() {
            put("m1", "calls", Aggregation.UNKNOWN, true);

            assertThat(index.find("calls").counting()).isEqualTo(Counting.UNKNOWN);
        }

        void put(String id, String eventName, Aggregation aggregation, boolean active) {
            index.put(id, new Meter(id, eventName, eventName, aggregation, "value", active, List.of(), AT));
        }
    }
}
