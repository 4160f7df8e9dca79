package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A second instance comes and goes: partitions move to it and back, in the middle of batches, and what it noted stays. */
class RestartIT extends WalletIntegrationTest {

    private static final int ACCOUNTS = 12;
    private static final int ROUNDS = 20;

    @Autowired
    private Wallets wallets;

    @Autowired
    private WalletTopic topic;

    @Test
    void usageIsDrawnDownOnceWhileAnotherInstanceComesAndGoes() {
        var meter = outside.meteredAt("0.01", "USD");
        var accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(_ -> Outside.unique("acc"))
                .toList();
        accounts.forEach(account -> new WalletClient(billing, account).open());

        var sent = new ArrayList<String>();
        send(accounts, meter, sent);
        try (var _ = anotherInstance()) {
            send(accounts, meter, sent);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(drawnDown(accounts)).isNotEmpty());
            send(accounts, meter, sent);
        }
        send(accounts, meter, sent);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(drawnDown(accounts)).containsExactlyInAnyOrderElementsOf(sent));
        assertThat(accounts).allSatisfy(account -> assertThat(settled(account)).isEqualTo("-0.80"));
    }

    /** The one that is left never heard of the wallet: what it waits for is in the database. */
    @Test
    void whatAWalletWaitsForHappensThoughTheInstanceThatNotedItIsGone() {
        var account = Outside.unique("acc");
        var expiry = now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        try (var instance = anotherInstance()) {
            var wallet = new WalletClient(billingOf(instance), account);
            wallet.open();
            wallet.grant("5", expiry);
        }

        advanceTime(Duration.ofDays(2));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topic.eventsOf(account))
                        .filteredOn(GrantExpired.class::isInstance)
                        .singleElement()
                        .satisfies(expired -> assertThat(((GrantExpired) expired).getRecordedAt())
                                .isEqualTo(expiry)));
    }

    private void send(List<String> accounts, String meter, List<String> sent) {
        for (int i = 0; i < ROUNDS; i++) {
            for (var account : accounts) {
                sent.add(outside.usage(account, meter, "1").getId());
            }
        }
    }

    /** Every usage event that any draw-down of these accounts records, with repeats. */
    private List<String> drawnDown(List<String> accounts) {
        return accounts.stream()
                .flatMap(account -> new WalletClient(billing, account).usageIds().stream())
                .toList();
    }

    private String settled(String account) {
        return wallets.get(WalletId.of(new AccountId(account)))
                .settledAt(Instant.now())
                .numeral();
    }
}
