package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.connect.Accounts;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.store.Work;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom a request acts: the account of its key, or the one in {@code Stripe-Account} or {@code Stripe-Context}, else the
 * platform.
 *
 * @param engine knows which accounts are connected
 */
record ActingAccount(Engine engine) {

    /** What connected accounts have not got of their own. */
    private static final Set<String> OF_PLATFORM =
            Set.of("/v1/webhook_endpoints", "/v2/core/event_destinations", "/v1/accounts");

    /** The account's id; refuses with 403 one that is not, or no longer, connected. */
    String account(Incoming request, String key) {
        var own = Authentication.accountOf(key);
        var named = own == null ? named(request) : own;
        if (named == null || named.equals(Accounts.PLATFORM)) {
            return Work.PLATFORM;
        }
        engine.itself(tx -> {
            if (!Accounts.isConnected(tx.work(), named)) {
                throw Accounts.noAccess(named);
            }
        });
        if (OF_PLATFORM.stream().anyMatch(request.path()::startsWith)) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "The Stripe sandbox keeps accounts and endpoints with the platform: leave Stripe-Account out, and set "
                            + "`connect` for the events of connected accounts.");
        }
        return named;
    }

    private static @Nullable String named(Incoming request) {
        var account = request.header("Stripe-Account");
        var context = request.header("Stripe-Context");
        if (account != null && context != null && !account.equals(context)) {
            throw ApiException.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Stripe-Account and Stripe-Context name different accounts: " + account + " and " + context + ".");
        }
        return account == null ? context : account;
    }
}
