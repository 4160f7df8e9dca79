package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.domain.ModelGates.Account;
import java.util.HashSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The gate's rule over random schedules of sending, judging, committing, crashing, standing still and accounts that appear,
 * close and reopen. A ledger that skips by position must have drawn each event once, when everything that was refused has
 * been replayed.
 */
class CrashingGateTest {

    private final ModelGates gates = new ModelGates();

    @Property(tries = 20_000)
    void drawsEachEventOnce(@ForAll long seed) {
        new CrashingGateTest().play(new Random(seed), false);
    }

    /** A displaced gate goes on with what it had: harmless as long as it and its successor judge alike. */
    @Property(tries = 20_000)
    void drawsEachEventOnceAlthoughDisplacedGatesWriteLate(@ForAll long seed) {
        new CrashingGateTest().play(new Random(seed), true);
    }

    private void play(Random random, boolean displacing) {
        int steps = 5 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(displacing ? 16 : 12)) {
                case 0, 1, 2 -> gates.send(random.nextInt(ModelGates.IDS));
                case 3 -> change(random, displacing);
                case 4 -> gates.crash(random);
                case 5 -> gates.commit();
                case 12 -> displace(random);
                case 13, 14, 15 -> gates.writeLate(random);
                default -> gates.judgeNext();
            }
        }
        gates.replayUntilNothingIsLeft(random);
        assertThat(gates.drawn().values()).as("draws by id").allMatch(times -> times == 1);
        assertThat(gates.drawn().keySet()).as("what was sent and never drawn").containsAll(new HashSet<>(gates.sent()));
    }

    /** An account never becomes unknown again. */
    private void change(Random random, boolean displacing) {
        if (displacing && gates.someAreJudgedTwice()) {
            return;
        }
        var standing = random.nextBoolean() || random.nextInt(4) == 0 ? Account.ACTIVE : Account.CLOSED;
        gates.change(random.nextInt(ModelGates.IDS), standing);
    }

    /** What the displaced gate has judged and not committed is judged again by its successor, who must know no other accounts. */
    private void displace(Random random) {
        if (gates.judgedAllAlikeSinceTheCommit()) {
            gates.displace(random);
        }
    }

    /**
     * What is left open: a gate stands still after its verdict and before its record is stored, the account closes, and it
     * wakes up before its successor has sent anything later. The successor refuses what the other one accepts, and the replay
     * of the refusal is drawn besides. When this or the next one fails, decision 0024 has less to give up.
     */
    @Example
    void drawsTwiceWhatADisplacedGateAcceptsAndItsSuccessorRefuses() {
        gates.change(0, Account.ACTIVE);
        gates.send(0);
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.CLOSED);
        gates.judgeNext();
        gates.writeAllLate();

        gates.replayUntilNothingIsLeft(new Random(0));

        assertThat(gates.drawn()).containsEntry(0, 2);
    }

    /** The other way round: the account appears meanwhile, and what the other one sends late stands before it. */
    @Example
    void losesWhatADisplacedGateRefusesAndItsSuccessorAcceptsBehindALaterRecord() {
        gates.change(1, Account.ACTIVE);
        gates.send(0);
        gates.send(1);
        gates.judgeNext();
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.ACTIVE);
        gates.writeAllLate();

        gates.replayUntilNothingIsLeft(new Random(0));

        assertThat(gates.drawn()).doesNotContainKey(0).containsEntry(1, 1);
    }

    /** The first case once more, but the successor has sent a later record before. */
    @Example
    void drawsOnceWhenItsSuccessorHasSentAnythingLaterBefore() {
        gates.change(0, Account.ACTIVE);
        gates.change(1, Account.ACTIVE);
        gates.send(0);
        gates.send(1);
        gates.judgeNext();
        gates.displaceWithEverythingUnsent();
        gates.change(0, Account.CLOSED);
        gates.judgeNext();
        gates.judgeNext();
        gates.commit();
        gates.writeAllLate();

        gates.replayUntilNothingIsLeft(new Random(0));

        assertThat(gates.drawn()).containsEntry(0, 1).containsEntry(1, 1);
    }
}
