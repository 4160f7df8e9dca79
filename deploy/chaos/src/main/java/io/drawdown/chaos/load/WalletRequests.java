package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Capture;
import io.drawdown.chaos.load.Sent.Grant;
import io.drawdown.chaos.load.Sent.Hold;
import io.drawdown.chaos.load.Sent.Policy;
import io.drawdown.chaos.load.Sent.Release;
import io.drawdown.chaos.load.Sent.TopUp;
import io.drawdown.chaos.load.Sent.Voiding;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Grants, holds, top-ups and what else moves credit or changes its rules, each under an idempotency key of its own. */
final class WalletRequests {

    private static final int KINDS = 23;
    private static final int SHORTEST_LIFE = 3;
    private static final int LONGEST_LIFE = 20;
    private static final Duration BEYOND_THE_RUN = Duration.ofHours(12);
    private static final String ROLLS_OVER_FOR = "P6M";
    private static final List<Integer> PRIORITIES = List.of(10, 50, 80);
    private static final List<String> SETTLEMENTS = List.of("prepaid", "arrears", "prepaid-then-arrears");

    private final Insistence wallets;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Sent sent;
    private final String prefix;
    private final SplittableRandom random;
    private long number;

    /** @param prefix of its keys, so that no two workers use the same */
    WalletRequests(
            Insistence wallets,
            Accounts accounts,
            Catalogue catalogue,
            Sent sent,
            String prefix,
            SplittableRandom random) {
        this.wallets = wallets;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.sent = sent;
        this.prefix = prefix;
        this.random = random;
    }

    /** Does one thing; returns 1. */
    int send() {
        var account = accounts.any(random);
        var wallet = accounts.anyWalletOf(account, random);
        int kind = random.nextInt(KINDS);
        if (kind < 8) {
            grant(wallet);
        } else if (kind < 13) {
            hold("/v1/wallets/" + wallet + "/holds");
        } else if (kind < 17) {
            hold("/v1/holds?accountId=" + account);
        } else if (kind < 18) {
            takeBackAGrant(wallet);
        } else if (kind < 20) {
            topUp(wallet);
        } else if (kind < 21) {
            route(account);
        } else if (kind < 22) {
            settle(account);
        } else {
            replenish(account, wallet);
        }
        return 1;
    }

    /** To a threshold that is like no other. Where that leaves it below, it asks at once. */
    private void replenish(String account, String wallet) {
        var threshold = BigDecimal.valueOf(10_000_000 + random.nextInt(30_000_000), 6);
        if (change(wallet + "/replenishment", accounts.policyOf(account, threshold.toPlainString()))) {
            sent.add(new Policy(wallet, threshold));
        }
    }

    /** The other wallet of the account pays from now on, or the same one still does. */
    private void route(String account) {
        if (accounts.hasFurther(account)) {
            change(accounts.anyWalletOf(account, random) + "/meters/" + tokens(), Map.of());
        }
    }

    private void settle(String account) {
        var mode = SETTLEMENTS.get(random.nextInt(SETTLEMENTS.size()));
        change(
                Accounts.walletOf(account) + "/settlements/" + catalogue.meterId(ChaosMeter.MINUTES),
                Map.of("mode", mode));
    }

    private boolean change(String what, Object body) {
        sent.changed();
        return switch (wallets.to(api -> api.put("/v1/wallets/" + what, body))) {
            case Answer.Done _ -> true;
            case Answer.Refusal refusal -> {
                if (!isOfAClosedWallet(refusal)) {
                    sent.complain("A change was refused: " + refusal.words());
                }
                yield false;
            }
        };
    }

    private static boolean isOfAClosedWallet(Answer.Refusal refusal) {
        return refusal.words().contains("wallet-closed");
    }

    private String tokens() {
        return catalogue.meterId(ChaosMeter.TOKENS);
    }

    private void grant(String wallet) {
        var key = key("grant");
        var amount = amount(3_000, 2);
        var body = new HashMap<String, Object>(Map.of(
                "amount", amount.toPlainString(),
                "reason", key,
                "priority", PRIORITIES.get(random.nextInt(PRIORITIES.size()))));
        if (random.nextInt(3) == 0) {
            body.put("expiresAt", soon(SHORTEST_LIFE, LONGEST_LIFE).toString());
            if (random.nextBoolean()) {
                body.put("rollover", rollover());
            }
        }
        if (random.nextInt(6) == 0) {
            body.put("meterIds", List.of(tokens()));
        }
        if (random.nextInt(10) == 0) {
            body.put("effectiveAt", soon(1, SHORTEST_LIFE - 1).toString());
        }
        switch (post("/v1/wallets/" + wallet + "/grants", body, key)) {
            case Answer.Done _ -> sent.add(new Grant(key, amount));
            case Answer.Refusal refusal -> {
                // It has expired before it could be given.
                if (!refusal.words().contains("expired-grant") && !isOfAClosedWallet(refusal)) {
                    sent.complain("A grant was refused: " + refusal.words());
                }
            }
        }
    }

    private Map<String, String> rollover() {
        return random.nextBoolean()
                ? Map.of("mostShare", "0.4", "validFor", ROLLS_OVER_FOR)
                : Map.of("mostAmount", amount(1_500, 2).toPlainString(), "validFor", ROLLS_OVER_FOR);
    }

    /**
     * Where the hold says that it is, it is captured and released. One that is neither ends within seconds or outlasts the run: while
     * all is looked at, nothing is to end.
     */
    private void hold(String path) {
        var key = key("hold");
        var amount = amount(150_000, 4);
        var end = random.nextInt(3) == 0
                ? soon(SHORTEST_LIFE, LONGEST_LIFE)
                : Instant.now().plus(BEYOND_THE_RUN);
        var body = new HashMap<String, Object>(
                Map.of("amount", amount.toPlainString(), "reason", key, "expiresAt", end.toString()));
        if (random.nextInt(3) == 0) {
            body.put("meterId", tokens());
        }
        switch (post(path, body, key)) {
            case Answer.Done(JsonNode placed) -> {
                sent.add(new Hold(key, amount, true));
                var wallet = placed.path("walletId").asString("");
                var holdId = placed.path("holdId").asString("");
                end("/v1/wallets/" + wallet + "/holds/" + holdId, holdId, amount);
            }
            case Answer.Refusal refusal -> {
                expect(refusal, "insufficient-credit", "wallet-closed", "wallet-paused", "expired-hold");
                sent.add(new Hold(key, amount, false));
            }
        }
    }

    /** Any other refusal is wrong, such as a hold that is not there although it was placed. */
    private void expect(Answer.Refusal refusal, String... reasons) {
        if (Stream.of(reasons).noneMatch(refusal.words()::contains)) {
            sent.complain("Refused for no reason that there can be: " + refusal.words());
        }
    }

    private boolean isDone(Answer answer, String... otherwise) {
        if (answer instanceof Answer.Refusal refusal) {
            expect(refusal, otherwise);
        }
        return answer instanceof Answer.Done;
    }

    private void end(String path, String holdId, BigDecimal held) {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> release(path, holdId);
            case 2 -> capture(path, held, false);
            default -> {
                var half = held.divide(BigDecimal.TWO);
                capture(path, half, true);
                capture(path, held.subtract(half), false);
            }
        }
    }

    private void capture(String path, BigDecimal amount, boolean keepRest) {
        var key = key("capture");
        var body = Map.of("amount", amount.toPlainString(), "keepRest", keepRest, "reason", key);
        var answer = post(path + "/capture", body, key);
        sent.add(new Capture(key, amount, isDone(answer, "unknown-hold", "wallet-closed")));
    }

    private void release(String path, String holdId) {
        var answer = post(path + "/release", Map.of(), key("release"));
        sent.add(new Release(holdId, isDone(answer, "unknown-hold", "wallet-closed")));
    }

    private void takeBackAGrant(String wallet) {
        var path = "/v1/wallets/" + wallet + "/grants?limit=1000";
        if (wallets.to(api -> api.get(path)) instanceof Answer.Done(JsonNode list)) {
            list.path("data").values().stream()
                    .filter(WalletRequests::canBeTakenBack)
                    .findAny()
                    .map(grant -> grant.path("grantId").asString(""))
                    .ifPresent(grantId -> takeBack(wallet, grantId));
        }
    }

    private static boolean canBeTakenBack(JsonNode grant) {
        var left = new BigDecimal(grant.path("remaining").path("amount").asString("0"));
        return grant.path("kind").asString("").equals("PROMOTIONAL") && left.signum() > 0;
    }

    private void takeBack(String wallet, String grantId) {
        var key = key("void");
        var answer = post("/v1/wallets/" + wallet + "/grants/" + grantId + "/void", Map.of("reason", key), key);
        sent.add(new Voiding(key, isDone(answer, "spent-grant", "held-grant", "wallet-closed")));
    }

    private void topUp(String wallet) {
        var key = key("top-up");
        var amount = BigDecimal.valueOf(10 + random.nextInt(40));
        var answer = post("/v1/wallets/" + wallet + "/top-ups", Map.of("amount", amount.toPlainString()), key);
        isDone(answer, "replenishment-pending", "wallet-closed", "wallet-paused");
        var id = answer instanceof Answer.Done(JsonNode shown)
                ? shown.path("pendingReplenishment").path("replenishmentId").asString("")
                : null;
        sent.add(new TopUp(amount, id));
    }

    /** Now and then the same again after it was answered: the answer must be the same. */
    private Answer post(String path, Object body, String key) {
        var answer = wallets.to(api -> api.post(path, body, key));
        if (random.nextInt(8) == 0 && answer instanceof Answer.Done(JsonNode first)) {
            sent.repeated();
            var again = wallets.to(api -> api.post(path, body, key));
            if (!(again instanceof Answer.Done(JsonNode second)) || !first.equals(second)) {
                sent.complain("%s under key %s was answered %s, then %s".formatted(path, key, first, again));
            }
        }
        return answer;
    }

    private String key(String kind) {
        return prefix + kind + "-" + number++;
    }

    private BigDecimal amount(int most, int decimals) {
        return BigDecimal.valueOf(1 + random.nextInt(most), decimals);
    }

    private static Instant soon(int fromSeconds, int toSeconds) {
        return Instant.now().plusMillis(ThreadLocalRandom.current().nextInt(fromSeconds * 1_000, toSeconds * 1_000));
    }
}
