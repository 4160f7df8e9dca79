package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Capture;
import io.drawdown.chaos.load.Sent.Grant;
import io.drawdown.chaos.load.Sent.Hold;
import io.drawdown.chaos.load.Sent.Release;
import io.drawdown.chaos.load.Sent.TopUp;
import io.drawdown.chaos.load.Sent.Voiding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** Grants, holds, top-ups and what else moves credit, each under an idempotency key of its own. */
final class WalletRequests {

    private static final int KINDS = 20;
    private static final int SHORTEST_LIFE = 3;
    private static final int LONGEST_LIFE = 20;
    private static final List<Integer> PRIORITIES = List.of(10, 50, 80);

    private final Insistence wallets;
    private final Accounts accounts;
    private final Sent sent;
    private final String prefix;
    private final SplittableRandom random;
    private long number;

    /** @param prefix of its keys, so that no two workers use the same */
    WalletRequests(Insistence wallets, Accounts accounts, Sent sent, String prefix, SplittableRandom random) {
        this.wallets = wallets;
        this.accounts = accounts;
        this.sent = sent;
        this.prefix = prefix;
        this.random = random;
    }

    /** Does one thing; returns 1. */
    int send() {
        var account = accounts.any(random);
        int kind = random.nextInt(KINDS);
        if (kind < 8) {
            grant(account);
        } else if (kind < 17) {
            hold(account);
        } else if (kind < 18) {
            takeBackAGrant(account);
        } else {
            topUp(account);
        }
        return 1;
    }

    private void grant(String account) {
        var key = key("grant");
        var amount = amount(3_000, 2);
        var body = new HashMap<String, Object>(Map.of(
                "amount", amount.toPlainString(),
                "reason", key,
                "priority", PRIORITIES.get(random.nextInt(PRIORITIES.size()))));
        if (random.nextInt(4) == 0) {
            body.put("expiresAt", soon(SHORTEST_LIFE, LONGEST_LIFE).toString());
        }
        if (random.nextInt(6) == 0) {
            body.put("meterIds", List.of(Catalogue.meterId("chaos_tokens")));
        }
        if (random.nextInt(10) == 0) {
            body.put("effectiveAt", soon(1, SHORTEST_LIFE - 1).toString());
        }
        switch (post(account, "/grants", body, key)) {
            case Answer.Done _ -> sent.add(new Grant(key, account, amount));
            case Answer.Refusal refusal -> {
                // It has expired before it could be given.
                if (!refusal.words().contains("expired-grant")) {
                    sent.complain("A grant was refused: " + refusal.words());
                }
            }
        }
    }

    private void hold(String account) {
        var key = key("hold");
        var amount = amount(150_000, 4);
        var body = new HashMap<String, Object>(Map.of("amount", amount.toPlainString(), "reason", key));
        if (random.nextInt(3) == 0) {
            body.put("expiresAt", soon(SHORTEST_LIFE, LONGEST_LIFE).toString());
        }
        if (random.nextInt(3) == 0) {
            body.put("meterId", Catalogue.meterId("chaos_tokens"));
        }
        switch (post(account, "/holds", body, key)) {
            case Answer.Done(JsonNode placed) -> {
                var holdId = placed.path("holdId").asString("");
                sent.add(new Hold(key, account, amount, holdId));
                end(account, holdId, amount);
            }
            case Answer.Refusal _ -> sent.add(new Hold(key, account, amount, null));
        }
    }

    private void end(String account, String holdId, BigDecimal held) {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> release(account, holdId);
            case 2 -> capture(account, holdId, held, false);
            default -> {
                var half = held.divide(BigDecimal.TWO);
                capture(account, holdId, half, true);
                capture(account, holdId, held.subtract(half), false);
            }
        }
    }

    private void capture(String account, String holdId, BigDecimal amount, boolean keepRest) {
        var key = key("capture");
        var body = Map.of("amount", amount.toPlainString(), "keepRest", keepRest, "reason", key);
        var answer = post(account, "/holds/" + holdId + "/capture", body, key);
        sent.add(new Capture(key, account, holdId, amount, answer instanceof Answer.Done));
    }

    private void release(String account, String holdId) {
        var answer = post(account, "/holds/" + holdId + "/release", Map.of(), key("release"));
        sent.add(new Release(account, holdId, answer instanceof Answer.Done));
    }

    private void takeBackAGrant(String account) {
        var path = "/v1/wallets/" + Accounts.walletOf(account) + "/grants?limit=1000";
        if (wallets.to(api -> api.get(path)) instanceof Answer.Done(JsonNode list)) {
            list.path("data").values().stream()
                    .filter(WalletRequests::canBeTakenBack)
                    .findAny()
                    .map(grant -> grant.path("grantId").asString(""))
                    .ifPresent(grantId -> takeBack(account, grantId));
        }
    }

    private static boolean canBeTakenBack(JsonNode grant) {
        var left = new BigDecimal(grant.path("remaining").path("amount").asString("0"));
        return grant.path("kind").asString("").equals("PROMOTIONAL") && left.signum() > 0;
    }

    private void takeBack(String account, String grantId) {
        var key = key("void");
        var answer = post(account, "/grants/" + grantId + "/void", Map.of("reason", key), key);
        sent.add(new Voiding(key, account, grantId, answer instanceof Answer.Done));
    }

    private void topUp(String account) {
        var key = key("top-up");
        var amount = BigDecimal.valueOf(10 + random.nextInt(40));
        var answer = post(account, "/top-ups", Map.of("amount", amount.toPlainString()), key);
        var id = answer instanceof Answer.Done(JsonNode wallet)
                ? wallet.path("pendingReplenishment").path("replenishmentId").asString("")
                : null;
        sent.add(new TopUp(key, account, amount, id));
    }

    /** Now and then the same again after it was answered: the answer must be the same. */
    private Answer post(String account, String path, Object body, String key) {
        var whole = "/v1/wallets/" + Accounts.walletOf(account) + path;
        var answer = wallets.to(api -> api.post(whole, body, key));
        if (random.nextInt(8) == 0 && answer instanceof Answer.Done(JsonNode first)) {
            sent.repeated();
            var again = wallets.to(api -> api.post(whole, body, key));
            if (!(again instanceof Answer.Done(JsonNode second)) || !first.equals(second)) {
                sent.complain("%s under key %s was answered %s, then %s".formatted(whole, key, first, again));
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
