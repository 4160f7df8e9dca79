package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.gate.ModelGates.Account;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The gate's rule over random schedules of sending, judging, committing, crashing, standing still, coming back with an old disk, and accounts that appear,
 * close and reopen. A ledger that skips by position must have drawn each event once, when everything that was refused has
 * been replayed; and so must a reader that waits for commits.
 */
class CrashingGateTest {

    private final ModelGates gates = new ModelGates();

    @Property(tries = 20_000)
    void drawsEachEventOnce(@ForAll long seed) {
        new CrashingGateTest().play(new Random(seed), false);
    }

    /** A displaced gate goes on with what it had, and judges otherwise than its successor. */
    @Property(tries = 20_000)
    void drawsEachEventOnceAlthoughDisplacedGatesGoOn(@ForAll long seed) {
        new CrashingGateTest().play(new Random(seed), true);
    }

    private void play(Random random, boolean displacing) {
        int steps = 5 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(displacing ? 16 : 12)) {
                case 0, 1, 2 -> gates.send(random.nextInt(ModelGates.IDS));
                case 3 -> change(random);
                case 4 -> gates.crash(random);
                case 5 -> gates.commit();
                case 12 -> gates.displace(random);
                case 13, 14, 15 -> gates.writeLate(random);
                default -> gates.judgeNext();
            }
        }
        gates.replayUntilNothingIsLeft();
        requireAllOnce(gates.drawn());
        requireAllOnce(gates.drawnByAPatientReader());
    }

    private void requireAllOnce(Map<Integer, Integer> drawn) {
        assertThat(drawn.values()).as("draws by id").allMatch(times -> times == 1);
        assertThat(drawn.keySet()).as("what was sent and never drawn").containsAll(gates.sent());
    }

    /** An account never becomes unknown again. */
    private void change(Random random) {
        var standing = random.nextBoolean() || random.nextInt(4) == 0 ? Account.ACTIVE : Account.CLOSED;
        gates.change(random.nextInt(ModelGates.IDS), standing);
    }

    /** Without the fence its late record would be drawn, and the replay of its successor's refusal besides. */
    @Example
    void drawsOnceWhatADisplacedGateAcceptsAndItsSuccessorRefuses() {
        gates.change(0, Account.ACTIVE);
        gates.send(0);
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.CLOSED);
        gates.judgeNext();
        gates.writeAllLate();

        gates.replayUntilNothingIsLeft();

        requireAllOnce(gates.drawn());
    }

    /** The other way round: without the fence its late record would stand before what its successor accepts, and hide it. */
    @Example
    void losesNothingThatADisplacedGateRefusesAndItsSuccessorAccepts() {
        gates.change(1, Account.ACTIVE);
        gates.send(0);
        gates.send(1);
        gates.judgeNext();
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.ACTIVE);
        gates.writeAllLate();

        gates.replayUntilNothingIsLeft();

        requireAllOnce(gates.drawn());
    }

    /** What it sent just before it was displaced counts, whatever its successor would say. */
    @Example
    void takesWhatADisplacedGateHasSentAsItsSuccessorsOwn() {
        gates.change(0, Account.ACTIVE);
        gates.send(0);
        gates.judgeNext();
        gates.writeAll();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.CLOSED);
        gates.judgeNext();

        gates.replayUntilNothingIsLeft();

        requireAllOnce(gates.drawn());
        requireAllOnce(gates.drawnByAPatientReader());
    }

    /** It claims an event on its own disk, its successor refuses it, and it gets the partition back when the event is replayed. */
    @Example
    void forgetsWhatADisplacedGateHasOnItsDiskAlone() {
        gates.change(0, Account.ACTIVE);
        gates.send(0);
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.CLOSED);
        gates.judgeNext();
        gates.commit();
        gates.crashAndComeBackWithTheDiskOfTheDisplaced();

        gates.replayUntilNothingIsLeft();

        requireAllOnce(gates.drawn());
    }

    /** What a crash left without a commit is not restored from the changelogs. */
    @Example
    void remembersWhatWasSentAlthoughItsClaimWasNeverCommitted() {
        gates.change(0, Account.ACTIVE);
        gates.send(0);
        gates.judgeNext();
        gates.writeAll();
        gates.displaceWithEverythingUnsent();
        gates.judgeNext();
        gates.commit();
        gates.send(0);
        gates.displaceWithEverythingUnsent();

        gates.replayUntilNothingIsLeft();

        requireAllOnce(gates.drawn());
        requireAllOnce(gates.drawnByAPatientReader());
    }
}
