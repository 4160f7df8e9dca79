package io.drawdown.chaos.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Pauses and closes wallets, and opens them again: what is used and paid for meanwhile waits where it is closed. */
final class Closings {

    private static final int MOST_AT_ONCE = 2;
    private static final List<Map<String, String>> WAYS = List.of(
            Map.of("status", "paused", "reason", "chaos"),
            Map.of("status", "closed", "reason", "chaos", "credit", "keep"),
            Map.of("status", "closed", "reason", "chaos", "credit", "forfeit"));
    private static final Map<String, String> OPEN = Map.of("status", "open", "reason", "chaos");

    private final Insistence wallets;
    private final Accounts accounts;
    private final Sent sent;
    private final SplittableRandom random;
    private final Deque<String> shut = new ArrayDeque<>();

    Closings(Insistence wallets, Accounts accounts, Sent sent, SplittableRandom random) {
        this.wallets = wallets;
        this.accounts = accounts;
        this.sent = sent;
        this.random = random;
    }

    /** Opens the wallet that was shut first, or shuts another one; returns 1. */
    int turn() {
        if (shut.size() == MOST_AT_ONCE || (!shut.isEmpty() && random.nextInt(3) == 0)) {
            put(shut.removeFirst(), OPEN);
        } else {
            shutAny();
        }
        return 1;
    }

    /** Opens all that are shut. */
    void end() {
        shut.forEach(wallet -> put(wallet, OPEN));
        shut.clear();
    }

    private void shutAny() {
        var wallet = accounts.anyClosedAtTimes(random);
        if (wallet != null && !shut.contains(wallet) && put(wallet, WAYS.get(random.nextInt(WAYS.size())))) {
            shut.add(wallet);
        }
    }

    /** @return whether it was done; a wallet that holds something or waits for a top-up cannot be closed just now */
    private boolean put(String wallet, Map<String, String> status) {
        return switch (wallets.to(api -> api.put("/v1/wallets/" + wallet + "/status", status))) {
            case Answer.Done _ -> {
                sent.changed();
                yield true;
            }
            case Answer.Refusal refusal -> {
                if (!refusal.words().contains("wallet-in-use")) {
                    sent.complain("A wallet could not be " + status.get("status") + ": " + refusal.words());
                }
                yield false;
            }
        };
    }
}
