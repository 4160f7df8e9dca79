package io.drawdown.sandbox.clock;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Clocks;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Lives through the time of the clocks that are advancing. One that a restart interrupted goes on. */
public final class ClockAdvance implements Runnable {

    private static final System.Logger LOG = System.getLogger(ClockAdvance.class.getName());

    private final Engine engine;
    private final Agenda agenda;

    public ClockAdvance(Engine engine, Agenda agenda) {
        this.engine = engine;
        this.agenda = agenda;
    }

    @Override
    public void run() {
        engine.accounts().forEach(account -> advancing(account).forEach(clock -> advance(account, clock)));
    }

    private List<ObjectNode> advancing(String account) {
        var clocks = new ArrayList<ObjectNode>();
        engine.itself(
                account, tx -> clocks.addAll(tx.work().all(Clocks.TYPE.name(), Condition.is("status", "advancing"))));
        return clocks.reversed();
    }

    private void advance(String account, ObjectNode clock) {
        var id = Json.need(clock, "id");
        long target = Json.number(clock, "status_details.advancing.target_frozen_time", 0);
        try {
            while (!Thread.currentThread().isInterrupted() && engine.runNext(agenda, account, id, target)) {
                // One transaction each, so that requests are answered in between.
            }
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Test clock " + id + " cannot be advanced", fault);
            engine.itself(account, tx -> end(tx, id, "internal_failure"));
        }
        if (!Thread.currentThread().isInterrupted()) {
            engine.itself(account, tx -> end(tx, id, "ready"));
        }
    }

    /** Nothing happens to a clock that was deleted, or has failed, in the meantime. */
    private static void end(Transaction tx, String id, String status) {
        var clock = tx.find(Clocks.TYPE, id);
        if (clock == null || !"advancing".equals(Json.string(clock, "status"))) {
            return;
        }
        if (status.equals("ready")) {
            clock.put("frozen_time", Json.number(clock, "status_details.advancing.target_frozen_time", 0));
        }
        clock.put("status", status).putObject("status_details");
        tx.save(Clocks.TYPE, clock);
        tx.emit("test_helpers.test_clock." + status, clock);
    }
}
