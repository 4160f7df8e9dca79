package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.clock.ClockAdvance;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Request;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.store.Work;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A step of the sandbox itself that fails, which none should. */
class FailingStepTest {

    long now = 1_769_000_000;
    boolean broken = true;

    final ApiDescription api = ApiDescription.load();
    final Wiring wiring = new Wiring(api, SandboxSettings.DEFAULT, () -> "");
    final Engine engine = new Engine(
            new Store(Wiring.kinds(), null),
            wiring.routes(),
            Wiring.expansion(api),
            new Template(api),
            new EventLog(api.apiVersion(), Witnessed.found().of((_, _) -> 0)),
            Wiring.clocks(),
            wiring.reactions(),
            SandboxSettings.DEFAULT.idempotency(),
            SandboxSettings.DEFAULT.billing(),
            () -> Instant.ofEpochSecond(now));
    final Agenda agenda = new Agenda().when(Customers.TYPE, (tx, customer) -> {
        var name = Json.need(customer, "name");
        tx.save(Customers.TYPE, customer.put("description", "done"));
        if (broken && name.equals("Bad")) {
            throw new IllegalStateException("broken");
        }
    });

    JsonNode call(String method, String path, String form) {
        var reply = engine.process(new Request("req_1", method, path, form, null, null, Work.PLATFORM), () -> {});
        assertThat(reply.status()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    String due(String params) {
        var id = call("POST", "/v1/customers", params).path("id").asString();
        engine.itself(tx -> tx.save(Customers.TYPE, Agenda.plan(tx.require(Customers.TYPE, id, null), tx.now())));
        return id;
    }

    String description(String customer) {
        return call("GET", "/v1/customers/" + customer, "").path("description").asString("none");
    }

    List<ObjectNode> after(int seconds) {
        now += seconds;
        engine.runDue(agenda);
        return engine.failing(agenda);
    }

    @Test
    void isTriedAgainWithLongerAndLongerPausesAndHoldsNothingUp() {
        var bad = due("name=Bad");
        var good = due("name=Good");
        assertThat(after(0)).singleElement().satisfies(failing -> {
            assertThat(failing.path("id").asString()).isEqualTo(bad);
            assertThat(failing.path("failures").asInt()).isEqualTo(1);
            assertThat(failing.path("fault").asString()).contains("broken");
            assertThat(failing.path("next_attempt_at").asLong()).isEqualTo(now + 1);
        });
        assertThat(description(good)).isEqualTo("done");
        assertThat(description(bad)).isEqualTo("none");
        assertThat(after(1).getFirst().path("next_attempt_at").asLong()).isEqualTo(now + 2);
        assertThat(after(1).getFirst().path("failures").asInt()).isEqualTo(2);
        for (int i = 0; i < 15; i++) {
            after(3_600);
        }
        assertThat(engine.failing(agenda).getFirst().path("next_attempt_at").asLong())
                .isEqualTo(now + 3_600);
        broken = false;
        assertThat(after(3_600)).isEmpty();
        assertThat(description(bad)).isEqualTo("done");
    }

    @Test
    void stopsATestClock() {
        var clock = call("POST", "/v1/test_helpers/test_clocks", "frozen_time=" + now)
                .path("id")
                .asString();
        due("name=Bad&test_clock=" + clock);
        call("POST", "/v1/test_helpers/test_clocks/" + clock + "/advance", "frozen_time=" + (now + 60));
        new ClockAdvance(engine, agenda).run();
        assertThat(call("GET", "/v1/test_helpers/test_clocks/" + clock, "")
                        .path("status")
                        .asString())
                .isEqualTo("internal_failure");
        assertThat(call("GET", "/v1/events", "limit=1").at("/data/0/type").asString())
                .isEqualTo("test_helpers.test_clock.internal_failure");
    }
}
