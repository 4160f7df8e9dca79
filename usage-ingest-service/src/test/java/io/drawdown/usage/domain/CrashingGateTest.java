package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The gate's rule over random schedules of sending, judging, committing, crashing and accounts that appear, close and
 * reopen. A crash keeps of each topic what the broker happened to have, in order. A ledger that skips by position must
 * have drawn each event once, when everything that was refused has been replayed.
 */
class CrashingGateTest {

    private enum Account {
        UNKNOWN,
        ACTIVE,
        CLOSED
    }

    private static final int IDS = 4;

    private final List<Integer> log = new ArrayList<>();
    private final Account[] accounts = new Account[IDS];

    private final Topic<long[]> claimChanges = new Topic<>();
    private final Topic<Long> accepted = new Topic<>();
    private final Topic<Long> rejected = new Topic<>();
    private final Topic<Long> lastSentChanges = new Topic<>();
    private int committed;

    private Map<Integer, Long> claims = new HashMap<>();
    private long lastSent = Claim.NONE;
    private int next;
    private boolean isFirst = true;

    @Property(tries = 20_000)
    void drawsEachEventOnce(@ForAll long seed) {
        new CrashingGateTest().play(new Random(seed));
    }

    private void play(Random random) {
        Arrays.fill(accounts, Account.UNKNOWN);
        int steps = 5 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> log.add(random.nextInt(IDS));
                case 3 -> change(random.nextInt(IDS), random);
                case 4 -> crash(random);
                case 5 -> commit();
                default -> judgeNext();
            }
        }
        replayUntilNothingIsLeft();
        assertThat(drawn().values()).as("draws by id").allMatch(times -> times == 1);
        assertThat(drawn().keySet()).as("what was sent and never drawn").containsAll(new HashSet<>(log));
    }

    /** An account never becomes unknown again. */
    private void change(int id, Random random) {
        accounts[id] = random.nextBoolean() ? Account.ACTIVE : Account.CLOSED;
        if (random.nextInt(4) == 0) {
            accounts[id] = Account.ACTIVE;
        }
    }

    private void judgeNext() {
        if (next == log.size()) {
            return;
        }
        if (isFirst) {
            recall();
        }
        int offset = next++;
        int id = log.get(offset);
        long claimedBy = claims.getOrDefault(id, Claim.NONE);
        switch (Claim.of(claimedBy, offset, lastSent)) {
            case TAKEN, SENT -> {}
            case REFUSED_BEFORE -> rejected.send((long) offset);
            case OWN -> accepted.send((long) offset);
            case FREE -> {
                if (accounts[id] == Account.ACTIVE) {
                    claim(id, offset);
                    accepted.send((long) offset);
                } else {
                    rejected.send((long) offset);
                }
            }
        }
    }

    private void recall() {
        isFirst = false;
        lastSent = lastSentChanges.stored.isEmpty() ? Claim.NONE : lastSentChanges.stored.getLast();
        for (int i = accepted.stored.size() - 1; i >= 0 && accepted.stored.get(i) >= next; i--) {
            long offset = accepted.stored.get(i);
            lastSent = Math.max(lastSent, offset);
            if (!claims.containsKey(log.get((int) offset))) {
                claim(log.get((int) offset), offset);
            }
        }
        if (lastSent >= next) {
            lastSentChanges.send(lastSent);
        }
    }

    private void claim(int id, long offset) {
        claims.put(id, offset);
        claimChanges.send(new long[] {id, offset});
    }

    private void commit() {
        List.of(claimChanges, accepted, rejected, lastSentChanges).forEach(topic -> topic.store(Integer.MAX_VALUE));
        committed = next;
    }

    private void crash(Random random) {
        List.of(claimChanges, accepted, rejected, lastSentChanges)
                .forEach(topic -> topic.store(random.nextInt(topic.unsent.size() + 1)));
        claims = new HashMap<>();
        claimChanges.stored.forEach(change -> claims.put((int) change[0], change[1]));
        next = committed;
        isFirst = true;
    }

    private void replayUntilNothingIsLeft() {
        Arrays.fill(accounts, Account.ACTIVE);
        judgeAll();
        Set<Long> refused = new HashSet<>(rejected.stored);
        refused.forEach(offset -> log.add(log.get(offset.intValue())));
        judgeAll();
    }

    private void judgeAll() {
        while (next < log.size()) {
            judgeNext();
        }
        commit();
    }

    /** How often the ledger draws each id: it skips what lies at or below the highest position that it has seen. */
    private Map<Integer, Integer> drawn() {
        var draws = new HashMap<Integer, Integer>();
        long position = Claim.NONE;
        for (long offset : accepted.stored) {
            if (offset > position) {
                position = offset;
                draws.merge(log.get((int) offset), 1, Integer::sum);
            }
        }
        return draws;
    }

    /** Records on their way, and those that the broker has: a crash loses only from the end. */
    private static final class Topic<T> {

        private final List<T> unsent = new ArrayList<>();
        private final List<T> stored = new ArrayList<>();

        void send(T record) {
            unsent.add(record);
        }

        void store(int count) {
            var some = unsent.subList(0, Math.min(count, unsent.size()));
            stored.addAll(some);
            unsent.clear();
        }
    }
}
