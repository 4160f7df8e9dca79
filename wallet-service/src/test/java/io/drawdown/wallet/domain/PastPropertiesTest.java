package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.snapshot.StateForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for snapshots of any wallet and for its past, whatever is done to it. */
class PastPropertiesTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void aSnapshotAndWhatFollowsIsTheFoldOfEverythingByteForByte(
            @ForAll("commands") List<WalletCommand> commands, @ForAll @IntRange(max = 40) int cut) throws IOException {
        var events = run(commands);
        int at = Math.min(cut, events.size() - 1) + 1;
        var snapshot = StateForm.read(StateForm.write(fold(null, events.subList(0, at))));
        assertThat(StateForm.write(fold(snapshot, events.subList(at, events.size()))))
                .isEqualTo(StateForm.write(fold(null, events)));
    }

    @Property(tries = TRIES)
    void aReplayIsTheLiveWalletByteForByte(@ForAll("commands") List<WalletCommand> commands) {
        var live = WalletState.evolve(null, Decisions.open(open()));
        for (var command : commands) {
            live = decided(live, command).after();
        }
        assertThat(StateForm.write(fold(null, run(commands)))).isEqualTo(StateForm.write(live));
    }

    /** What a snapshot forgot, or put into another order, would show in what the wallet decides. */
    @Property(tries = TRIES)
    void aWalletFromASnapshotDecidesAsTheLiveOne(@ForAll("commands") List<WalletCommand> commands) throws IOException {
        var live = WalletState.evolve(null, Decisions.open(open()));
        for (var command : commands) {
            var restored = StateForm.read(StateForm.write(live));
            var decision = decided(live, command);
            assertThat(decided(restored, command).events()).isEqualTo(decision.events());
            assertThat(decided(restored, command).after()).isEqualTo(decision.after());
            live = decision.after();
        }
    }

    /** Asked before or after anything else happens: the same bytes. */
    @Property(tries = TRIES)
    void whatAWalletWasAtAnInstantNeverChanges(
            @ForAll("commands") List<WalletCommand> commands, @ForAll @IntRange(max = 300) int hours) {
        var instant = NOW.plus(Duration.ofHours(hours));
        var soFar = commands.stream()
                .takeWhile(command -> !command.at().isAfter(instant))
                .toList();
        assertThat(asOf(run(commands), instant)).isEqualTo(asOf(run(soFar), instant));
    }

    private static byte[] asOf(List<WalletEvent> events, Instant instant) {
        var recorded = events.stream()
                .takeWhile(event -> !event.header().recordedAt().isAfter(instant))
                .toList();
        var state = fold(null, recorded);
        for (var step : state.dueBy(instant)) {
            state = step.after();
        }
        return StateForm.write(state);
    }

    private static WalletState fold(WalletState begin, List<WalletEvent> events) {
        var state = begin;
        for (var event : events) {
            state = WalletState.evolve(state, event);
        }
        return state;
    }

    private static List<WalletEvent> run(List<WalletCommand> commands) {
        var events = new ArrayList<WalletEvent>(List.of(Decisions.open(open())));
        var state = fold(null, events);
        for (var command : commands) {
            for (var step : decided(state, command)) {
                events.add(step.event());
                state = step.after();
            }
        }
        return events;
    }

    /** A refusal changes nothing. */
    private static Decision decided(WalletState state, WalletCommand command) {
        try {
            return Decisions.decide(state, command);
        } catch (WalletRejection refusal) {
            return new Decision(state, List.of(), state);
        }
    }

    @Provide
    Arbitrary<List<WalletCommand>> commands() {
        return new WalletPropertiesTest().commands();
    }
}
