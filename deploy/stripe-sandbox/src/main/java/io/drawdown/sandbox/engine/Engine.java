package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Form;
import io.drawdown.sandbox.api.JsonParameterCheck;
import io.drawdown.sandbox.api.ParameterCheck;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Due;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.store.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Runs requests: at most one at a time changes anything, and each at most once under its idempotency key. */
public final class Engine {

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final Store store;
    private final Routes routes;
    private final Expansion expansion;
    private final Template template;
    private final EventLog events;
    private final InstantSource time;
    private final Clocks clocks;
    private final Reactions reactions;
    private final IdempotentResults results;
    private final BillingSettings billing;

    public Engine(
            Store store,
            Routes routes,
            Expansion expansion,
            Template template,
            EventLog events,
            Clocks clocks,
            Reactions reactions,
            IdempotencySettings idempotency,
            BillingSettings billing,
            InstantSource time) {
        this.store = store;
        this.results = new IdempotentResults(idempotency);
        this.billing = billing;
        this.routes = routes;
        this.expansion = expansion;
        this.template = template;
        this.events = events;
        this.clocks = clocks;
        this.reactions = reactions;
        this.time = time;
    }

    /** The kinds that the engine itself stores, with their keys. */
    public static Map<String, List<String>> kinds() {
        return Map.of(IdempotentResults.KIND, List.of("at"), EventLog.TYPE.name(), EventLog.TYPE.keys());
    }

    /**
     * Answers a request; never throws.
     *
     * @param admitted runs when the request is found good, before it is executed: it may wait or refuse
     */
    public Reply process(Request request, Runnable admitted) {
        try {
            return dispatch(request, admitted);
        } catch (ApiException refusal) {
            return Reply.of(refusal.logged(request.id()));
        } catch (RuntimeException fault) {
            return fault(request, fault);
        }
    }

    private Reply dispatch(Request request, Runnable admitted) {
        var match = routes.find(request.method(), request.path());
        if (match == null) {
            throw unrecognized(request);
        }
        var handler = match.handler();
        if (handler == null) {
            throw ApiException.of(
                    404,
                    "invalid_request_error",
                    null,
                    "The Stripe sandbox does not cover " + match.operation() + " yet.");
        }
        var params = parameters(request, match);
        var key = IdempotentResults.concern(request) ? request.idempotencyKey() : null;
        if (key == null) {
            admitted.run();
            return store.run(request.account(), work -> execute(work, request, match, handler, params));
        }
        return once(request, match, handler, params, key, admitted);
    }

    private static ObjectNode parameters(Request request, Routes.Match match) {
        return request.json() == null
                ? ParameterCheck.check(match.parameters(), Form.parse(request.form()))
                : JsonParameterCheck.check(match.parameters(), request.json());
    }

    private Reply once(
            Request request, Routes.Match match, Handler handler, ObjectNode params, String key, Runnable admitted) {
        var claim = request.account() + " " + key;
        results.claim(key, claim);
        try {
            var failure = failure(admitted);
            var fingerprint = IdempotentResults.fingerprint(request, params);
            return store.run(request.account(), work -> {
                var kept = results.find(work, key, fingerprint, now());
                if (kept != null) {
                    return kept;
                }
                var reply = failure == null
                        ? execute(work, request, match, handler, params)
                        : Reply.of(failure.logged(request.id()));
                results.keep(work, request, key, fingerprint, now(), reply);
                return reply;
            });
        } finally {
            results.release(claim);
        }
    }

    /** A failure that is the request's result although nothing was executed; null when it is to be executed. */
    private static @Nullable ApiException failure(Runnable admitted) {
        try {
            admitted.run();
            return null;
        } catch (ApiException failure) {
            if (failure.beforeExecution()) {
                throw failure;
            }
            return failure;
        }
    }

    /** Refusals before execution are thrown, later ones are a result like any other. */
    private Reply execute(Work work, Request request, Routes.Match match, Handler handler, ObjectNode params) {
        var cause = new Cause(request.id(), request.idempotencyKey());
        var moment = clocks.momentOf(work, request.method(), match.path().values(), params, now());
        var tx = new Transaction(work, template, events, cause, moment, billing);
        try {
            var answer = Rendering.served(
                    settled(tx, handler.handle(new Call(tx, match.operation(), match.path(), params))));
            expansion.expand(tx, answer, Json.list(params, "expand"));
            return new Reply(200, Json.bytes(answer), false);
        } catch (ApiException refusal) {
            if (refusal.keepingChanges()) {
                reactions.settle(tx);
            } else {
                work.rollBack();
            }
            if (refusal.beforeExecution()) {
                throw refusal;
            }
            return Reply.of(refusal.logged(request.id()));
        } catch (RuntimeException fault) {
            work.rollBack();
            return fault(request, fault);
        }
    }

    /** The answer after the reactions to what led to it: they may have changed the very object. */
    private ObjectNode settled(Transaction tx, ObjectNode answer) {
        var id = Json.string(answer, "id");
        var kind = Json.string(answer, "object");
        boolean reacted = reactions.settle(tx);
        var current = reacted && id != null && kind != null && !kind.equals("list")
                ? tx.work().get(kind, id)
                : null;
        return current == null ? answer : current;
    }

    /** Runs something that no request asked for, in a transaction of its own and the sandbox's own time. */
    public void itself(Consumer<Transaction> step) {
        itself(Work.PLATFORM, step);
    }

    /** The accounts that have objects; the platform's comes first. */
    public List<String> accounts() {
        return store.accounts();
    }

    /** Runs something that no request asked for in every account, each in a transaction of its own. */
    public void everywhere(Consumer<Transaction> step) {
        accounts().forEach(account -> itself(account, step));
    }

    /** Runs something that no request asked for among the objects of an account. */
    public void itself(String account, Consumer<Transaction> step) {
        store.run(account, work -> {
            var tx = new Transaction(work, template, events, Cause.ITSELF, Moment.outside(now()), billing);
            step.accept(tx);
            reactions.settle(tx);
            return true;
        });
    }

    /** Runs everything that is due in the sandbox's own time. */
    public void runDue(Agenda agenda) {
        long now = now();
        for (String account : accounts()) {
            while (!Thread.currentThread().isInterrupted() && runNext(agenda, account, null, now)) {
                // One transaction each, so that requests are answered in between.
            }
        }
    }

    /**
     * Runs the step that is due first on a clock, at the instant it is due.
     *
     * @param account whose objects
     * @param clock null for the sandbox's own time
     * @param until seconds; what is due later stays
     * @return whether there was one
     */
    public boolean runNext(Agenda agenda, String account, @Nullable String clock, long until) {
        return store.run(account, work -> {
            var due = work.firstDue(agenda.kinds(), clock);
            if (due == null || due.at() > until) {
                return false;
            }
            var tx = new Transaction(work, template, events, Cause.ITSELF, new Moment(due.at(), clock, now()), billing);
            try {
                agenda.run(tx, due);
                reactions.settle(tx);
            } catch (RuntimeException fault) {
                postpone(tx, due, fault);
            }
            return true;
        });
    }

    /** In the sandbox's own time one object that fails must not hold up all that is due after it: it is tried again later. */
    private static void postpone(Transaction tx, Due due, RuntimeException fault) {
        if (tx.moment().clock() != null) {
            throw fault;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "Tried again later: the step that was due for " + due.kind() + " " + due.id(),
                fault);
        tx.work().rollBack();
        var object = tx.work().get(due.kind(), due.id());
        if (object != null) {
            tx.work()
                    .put(
                            due.kind(),
                            due.id(),
                            Agenda.postpone(object, tx.moment().outside(), fault.toString()));
        }
    }

    /** What has failed to happen by itself and is tried again, in all accounts. */
    public List<ObjectNode> failing(Agenda agenda) {
        var failing = new ArrayList<ObjectNode>();
        everywhere(tx -> agenda.kinds()
                .forEach(kind -> tx.work()
                        .all(kind, Condition.that(Due.FAILURES, _ -> true))
                        .forEach(object -> failing.add(Agenda.failing(tx.work().account(), kind, object)))));
        return failing;
    }

    /** The sandbox's own time in seconds. */
    public long now() {
        return time.instant().getEpochSecond();
    }

    private static ApiException unrecognized(Request request) {
        return ApiException.of(
                404,
                "invalid_request_error",
                null,
                "Unrecognized request URL (" + request.method() + ": " + request.path()
                        + "). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.");
    }

    private static Reply fault(Request request, RuntimeException fault) {
        LOG.log(System.Logger.Level.ERROR, "Fault in " + request.method() + " " + request.path(), fault);
        return Reply.of(ApiException.of(
                        500,
                        "api_error",
                        null,
                        "A fault of the sandbox in " + request.id() + ": its log has the cause.")
                .logged(request.id()));
    }
}
