package io.drawdown.usage.gate;

import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.gate.GateState.Text;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.UsageRecords;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Usage at a position. */
final class UsageMatter implements Matter {

    private final Arrival arrival;
    private final Usage usage;
    private final PatientAdmission admission;
    private final Placement placement;
    private final GateState state;

    UsageMatter(Arrival arrival, Usage usage, PatientAdmission admission, Placement placement, GateState state) {
        this.arrival = arrival;
        this.usage = usage;
        this.admission = admission;
        this.placement = placement;
        this.state = state;
    }

    @Override
    public Bytes key() {
        return state.usageKey(arrival.key(), usage.source(), usage.id());
    }

    @Override
    public Names names() {
        return Names.of(usage);
    }

    @Override
    public Outcome outcome() {
        return switch (admission.judge(usage, arrival.storedAt())) {
            case Verdict.Refused refused -> new Outcome.Refused(refused);
            case Verdict.Accepted accepted -> placed(accepted);
        };
    }

    private Outcome placed(Verdict.Accepted accepted) {
        var position = arrival.position();
        var misplaced = placement.refusalOf(accepted.account().accountId(), arrival.key(), position.partition());
        return misplaced == null
                ? new Outcome.Sent(
                        UsageRecords.accepted(usage, accepted, value(accepted), position, arrival.storedAt()))
                : new Outcome.Refused(misplaced);
    }

    private String value(Verdict.Accepted accepted) {
        var text = text(accepted);
        if (text == null) {
            return accepted.value();
        }
        return state.uses(text, arrival.position().offset()).isNew() ? "1" : "0";
    }

    private static @Nullable Text text(Verdict.Accepted accepted) {
        return accepted.meter().counting() == Counting.BY_TEXT
                ? Text.of(accepted.account(), accepted.meter().meterId(), accepted.occurredAt(), accepted.value())
                : null;
    }
}
