package io.drawdown.demo.step;

import static io.drawdown.demo.step.CatalogueFromStripe.METER_EVENT;

import io.drawdown.demo.client.RunningProcess;
import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.List;

/** The ledger's process dies without warning while usage pours in, and nothing is lost or counted twice. */
public final class KilledInTheMiddle implements Step {

    private static final int EVENTS = 20_000;
    private static final BigDecimal UNITS_EACH = new BigDecimal("0.5");

    @Override
    public String name() {
        return "wallet-service is killed in the middle of 20,000 events and the balance is exact";
    }

    @Override
    public String perform(Story story) {
        var before = story.balance();
        var ids = UsageDrawsDown.ids("storm-", EVENTS);
        send(story, ids.subList(0, EVENTS / 2));
        Eventually.see("the first of the storm in the balance", story::balance, now -> now.compareTo(before) < 0);
        var killed = RunningProcess.named("wallet", story.environmentFile()).kill();
        send(story, ids.subList(EVENTS / 2, EVENTS));

        Eventually.balance(story, "144.00");
        var recorded = Ledger.of(story).usageIds(story.backend().source()).stream()
                .filter(id -> id.startsWith("storm-"))
                .count();
        Expect.equal("the number of usage events of the storm in the ledger", (long) EVENTS, recorded);
        return "process %d was killed; all %,d events are in the ledger once".formatted(killed, EVENTS);
    }

    private static void send(Story story, List<String> ids) {
        story.backend().sendAll(story.recall(Fact.ACCOUNT), METER_EVENT, ids, UNITS_EACH);
    }
}
