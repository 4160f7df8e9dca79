package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.PastBalance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** Asks what wallets were worth a while ago, mostly at the youngest instants of which the answer is said to be final. */
final class LooksBack {

    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(2);
    private static final int LONGEST_LATER_MILLIS = 3_000;

    private final Insistence wallets;
    private final Accounts accounts;
    private final Sent sent;
    private final SplittableRandom random;

    LooksBack(Insistence wallets, Accounts accounts, Sent sent, SplittableRandom random) {
        this.wallets = wallets;
        this.accounts = accounts;
        this.sent = sent;
        this.random = random;
    }

    /** Asks once, and notes the answer if it is said to be final; returns 1. */
    int look() {
        var all = accounts.wallets();
        look(all.get(random.nextInt(all.size())));
        return 1;
    }

    private void look(String wallet) {
        var at = Instant.now()
                .minus(UNTIL_CLOSED)
                .minusMillis(random.nextInt(LONGEST_LATER_MILLIS))
                .truncatedTo(ChronoUnit.MILLIS);
        switch (wallets.to(api -> api.get(PastBalance.path(wallet, at)))) {
            case Answer.Done(JsonNode balance) -> {
                if (balance.path("closed").booleanValue()) {
                    sent.add(new PastBalance(wallet, at, balance));
                }
            }
            case Answer.Refusal refusal -> {
                if (!refusal.words().contains("before-opening")) {
                    sent.complain("A balance of the past was refused: " + refusal.words());
                }
            }
        }
    }
}
