package io.drawdown.sandbox.connect;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import tools.jackson.databind.node.ObjectNode;

/** The platform's account and those connected to it; read only. */
public final class Accounts {

    public static final ResourceType TYPE =
            new ResourceType("account", "acct", "/v1/accounts", "account", "created", "_connected");

    /** The id of the platform's own account, the same in every sandbox. */
    public static final String PLATFORM = "acct_1SandboxPlatform";

    /** It is older than any sandbox: 2020-01-01. */
    private static final long PLATFORM_CREATED = 1_577_836_800;

    static final String CONNECTED = "_connected";

    private Accounts() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/account", Accounts::own)
                .on("GET /v1/accounts", call -> Listing.page(call, TYPE, Condition.is(CONNECTED, "true")))
                .on("GET /v1/accounts/{id}", Accounts::retrieve);
    }

    private static ObjectNode own(Call call) {
        var acting = call.tx().work().account();
        return find(call.tx(), acting.equals(Work.PLATFORM) ? PLATFORM : acting);
    }

    private static ObjectNode retrieve(Call call) {
        if (!call.id().equals(PLATFORM) && !isConnected(call.tx().work(), call.id())) {
            throw noAccess(call.id());
        }
        return find(call.tx(), call.id());
    }

    private static ObjectNode find(Transaction tx, String id) {
        var found = tx.work().platform().get(TYPE.name(), id);
        return found == null ? blank(tx, id, PLATFORM_CREATED) : found;
    }

    /** A new account under a new id. */
    static String open(Transaction tx) {
        var id = "acct_1" + Ids.text(15);
        tx.work().platform().put(TYPE.name(), id, blank(tx, id, tx.now()));
        return id;
    }

    private static ObjectNode blank(Transaction tx, String id, long created) {
        var account = Json.object()
                .put("id", id)
                .put("object", TYPE.name())
                .put("charges_enabled", true)
                .put("country", "US")
                .put("created", created)
                .put("default_currency", "usd")
                .put("details_submitted", true)
                .put("payouts_enabled", true)
                .put("type", "standard");
        account.putObject("metadata");
        return tx.template().complete(TYPE.name(), account);
    }

    /** Whether the platform may act for the account. */
    public static boolean isConnected(Work work, String id) {
        var account = work.platform().get(TYPE.name(), id);
        return account != null && Json.flag(account, CONNECTED);
    }

    /** The refusal of an account that is not there or not, or no longer, connected. */
    public static ApiException noAccess(String id) {
        return ApiException.of(
                403,
                "invalid_request_error",
                "account_invalid",
                "The provided key does not have access to account '" + id + "' (or that account does not exist). "
                        + "Application access may have been revoked.");
    }
}
