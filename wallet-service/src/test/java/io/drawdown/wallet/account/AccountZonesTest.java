package io.drawdown.wallet.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountZonesTest {

    private static final AccountId ACME = new AccountId("acme");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final Topic topic = new Topic();
    private final AccountZones zones = new AccountZones(topic);

    @Test
    void isWhatCrmSays() {
        topic.bring("acme", "Europe/Berlin");
        assertThat(zones.of(ACME)).contains(Zone.of("Europe/Berlin"));
        assertThat(zones.of(new AccountId("nobody"))).isEmpty();
    }

    @Test
    void waitsForAnAccountThatIsOnItsWay() {
        var found = CompletableFuture.supplyAsync(() -> zones.await(ACME, Duration.ofSeconds(30)));
        topic.bring("other", "UTC");
        topic.bring("acme", "Asia/Kathmandu");
        assertThat(found.join()).contains(Zone.of("Asia/Kathmandu"));
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        assertThat(zones.await(ACME, Duration.ofMillis(20))).isEmpty();
    }

    /** The view of crm.accounts.v1 without a broker. */
    private static final class Topic implements CompactedTopicView<Account> {

        private final Map<String, Account> accounts = new ConcurrentHashMap<>();
        private @Nullable BiConsumer<String, @Nullable Account> listener;

        private void bring(String id, String timeZone) {
            var account = new Account(
                    id, id, "a@example.test", null, "USD", AccountStatus.ACTIVE, null, List.of(), AT, AT, timeZone);
            accounts.put(id, account);
            listener.accept(id, account);
        }

        @Override
        public @Nullable Account get(String key) {
            return accounts.get(key);
        }

        @Override
        public Collection<Account> values() {
            return List.copyOf(accounts.values());
        }

        @Override
        public void onChange(BiConsumer<String, @Nullable Account> newListener) {
            listener = newListener;
        }

        @Override
        public boolean isCaughtUp() {
            return true;
        }
    }
}
