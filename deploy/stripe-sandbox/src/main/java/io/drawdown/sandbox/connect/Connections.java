package io.drawdown.sandbox.connect;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Codes that merchants give, and what platforms make of them. */
public final class Connections {

    private static final String CODES = "_oauth_code";
    private static final String REFRESH_TOKENS = "_oauth_refresh_token";
    private static final long CODE_SECONDS = 5 * 60;

    private Connections() {}

    /** What it stores, with its keys. */
    public static Map<String, List<String>> kinds() {
        return Map.of(CODES, List.of(), REFRESH_TOKENS, List.of());
    }

    /**
     * The merchant agrees.
     *
     * @param account his account; null makes a new one
     * @return the code, {@code ac_…}
     * @throws IllegalArgumentException when there is no such account
     */
    public static String grant(Transaction tx, String client, String scope, @Nullable String account) {
        if (account != null && !tx.work().exists(Accounts.TYPE.name(), account)) {
            throw new IllegalArgumentException("There is no account " + account + ": leave it out to make a new one");
        }
        var code = "ac_" + Ids.text(32);
        var grant = Json.object()
                .put("account", account == null ? Accounts.open(tx) : account)
                .put("client", client)
                .put("scope", scope)
                .put("until", tx.now() + CODE_SECONDS);
        tx.work().put(CODES, code, grant);
        return code;
    }

    /** Turns a code into access, once. */
    static ObjectNode redeem(Transaction tx, String code) {
        var grant = tx.work().get(CODES, code);
        if (grant == null) {
            throw new OAuthRefusal("invalid_grant", "Authorization code does not exist: " + code);
        }
        if (Json.flag(grant, "used")) {
            throw new OAuthRefusal("invalid_grant", "This authorization code has already been used: " + code);
        }
        if (Json.number(grant, "until", 0) < tx.now()) {
            throw new OAuthRefusal("invalid_grant", "Authorization code expired: " + code);
        }
        tx.work().put(CODES, code, grant.put("used", true));
        connect(tx, grant);
        return access(tx, grant);
    }

    private static void connect(Transaction tx, ObjectNode grant) {
        var id = Json.need(grant, "account");
        var account = tx.require(Accounts.TYPE, id, null);
        boolean before = Json.flag(account, Accounts.CONNECTED);
        tx.save(Accounts.TYPE, account.put(Accounts.CONNECTED, true));
        if (!before) {
            tx.of(id).emit("account.application.authorized", application(Json.need(grant, "client")));
        }
    }

    private static ObjectNode application(String client) {
        return Json.object().put("id", client).put("object", "application").put("name", "Sandbox platform");
    }

    private static ObjectNode access(Transaction tx, ObjectNode grant) {
        var account = Json.need(grant, "account");
        var refresh = "rt_" + Ids.text(32);
        tx.work().put(REFRESH_TOKENS, refresh, grant);
        return Json.object()
                .put("access_token", "sk_test_" + account + "_" + Ids.text(24))
                .put("livemode", false)
                .put("refresh_token", refresh)
                .put("scope", Json.need(grant, "scope"))
                .put("stripe_publishable_key", "pk_test_" + account + "_" + Ids.text(24))
                .put("stripe_user_id", account)
                .put("token_type", "bearer");
    }

    /** New access for a refresh token, which is replaced. */
    static ObjectNode refresh(Transaction tx, String token) {
        var grant = tx.work().get(REFRESH_TOKENS, token);
        if (grant == null || !Accounts.isConnected(tx.work(), Json.need(grant, "account"))) {
            throw new OAuthRefusal("invalid_grant", "Refresh token does not exist, or its access was revoked");
        }
        tx.work().remove(REFRESH_TOKENS, token);
        return access(tx, grant);
    }

    /** The platform gives its access up. */
    static ObjectNode revoke(Transaction tx, String client, String account) {
        if (!Accounts.isConnected(tx.work(), account)) {
            throw new OAuthRefusal(
                    "invalid_client",
                    "This application is not connected to stripe account " + account
                            + ", or that account does not exist.");
        }
        tx.save(Accounts.TYPE, tx.require(Accounts.TYPE, account, null).put(Accounts.CONNECTED, false));
        tx.of(account).emit("account.application.deauthorized", application(client));
        return Json.object().put("stripe_user_id", account);
    }
}
