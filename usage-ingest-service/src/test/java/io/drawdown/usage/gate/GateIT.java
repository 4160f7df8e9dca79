package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UsageServiceTest
class GateIT {

    @Autowired
    UsageLab lab;

    @Test
    void letsAValidEventThroughOnItsPartition() {
        var account = lab.activeAccount();
        var type = lab.meter(Aggregation.SUM);
        var id = fresh("evt");

        var position = lab.send(account, event(id, type, account, "0.0150"));

        var out = lab.accepted(id, 1).getFirst();
        assertThat(out.partition()).isEqualTo(position.partition());
        assertThat(out.key()).isEqualTo(account);
    }
}
