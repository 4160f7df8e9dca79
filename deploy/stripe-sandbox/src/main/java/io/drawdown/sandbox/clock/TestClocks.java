package io.drawdown.sandbox.clock;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.Clocks;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Due;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, advance, delete and list test clocks. */
public final class TestClocks {

    /** How far the shortest interval of a clock's subscriptions lets it be advanced. */
    @FunctionalInterface
    public interface Reach {

        /** The latest time that the clock may be advanced to at once; seconds. */
        long latest(Transaction tx, String clock, long from);
    }

    private static final long LATEST = 253_402_300_799L;

    private final Reach reach;
    private final Customers customers;
    private final ClockSettings settings;

    public TestClocks(Reach reach, Customers customers, ClockSettings settings) {
        this.reach = reach;
        this.customers = customers;
        this.settings = settings;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/test_helpers/test_clocks", this::create)
                .on("GET /v1/test_helpers/test_clocks", Reading.list(Clocks.TYPE))
                .on("GET /v1/test_helpers/test_clocks/{test_clock}", Reading.retrieve(Clocks.TYPE))
                .on("POST /v1/test_helpers/test_clocks/{test_clock}/advance", this::advance)
                .on("DELETE /v1/test_helpers/test_clocks/{test_clock}", this::delete);
    }

    /** Declares that clocks go with time. */
    public void register(Agenda agenda) {
        agenda.when(Clocks.TYPE, this::delete);
    }

    private ObjectNode create(Call call) {
        if (call.params().has("customer")) {
            throw ApiException.notCovered("customer", call.operation());
        }
        long outside = call.tx().moment().outside();
        long frozen = Json.number(call.params(), "frozen_time", 0);
        if (frozen < 0 || frozen > LATEST) {
            throw refused("frozen_time lies between 1970 and the end of the year 9999; got " + frozen + ".");
        }
        long end = outside + settings.lifetime().toSeconds();
        var clock = Agenda.plan(Json.object(), end)
                .put("created", outside)
                .put("deletes_after", end)
                .put("frozen_time", frozen)
                .put("name", call.text("name"))
                .put("status", "ready");
        clock.putObject("status_details");
        return call.tx().create(Clocks.TYPE, clock, "test_helpers.test_clock.created");
    }

    private ObjectNode advance(Call call) {
        var tx = call.tx();
        var clock = tx.require(Clocks.TYPE, call.id(), null);
        long from = Json.number(clock, "frozen_time", 0);
        long to = Json.number(call.params(), "frozen_time", 0);
        if (!"ready".equals(Json.string(clock, "status"))) {
            throw refused("The test clock is " + Json.need(clock, "status") + ": it can only be advanced when ready.");
        }
        if (to <= from) {
            throw refused("A test clock only moves forward: frozen_time must be after " + from + "; got " + to + ".");
        }
        long latest = reach.latest(tx, call.id(), from);
        if (to > latest) {
            throw refused("You can advance a test clock by at most two intervals of its shortest subscription, or two "
                    + "years without one: until " + latest + "; got " + to + ".");
        }
        clock.put("status", "advancing");
        clock.putObject("status_details").putObject("advancing").put("target_frozen_time", to);
        tx.save(Clocks.TYPE, clock);
        tx.emit("test_helpers.test_clock.advancing", clock);
        return clock;
    }

    private static ApiException refused(String message) {
        return ApiException.invalid(null, message, "frozen_time");
    }

    private ObjectNode delete(Call call) {
        delete(call.tx(), call.tx().require(Clocks.TYPE, call.id(), null));
        return Json.object()
                .put("id", call.id())
                .put("object", Clocks.TYPE.name())
                .put("deleted", true);
    }

    private void delete(Transaction tx, ObjectNode clock) {
        var id = Json.need(clock, "id");
        tx.work()
                .all(Customers.TYPE.name(), Condition.is(Due.CLOCK, id))
                .reversed()
                .forEach(customer -> customers.delete(tx, customer));
        tx.work().remove(Clocks.TYPE.name(), id);
        tx.emit("test_helpers.test_clock.deleted", clock);
    }
}
