package io.drawdown.usage.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One partition, the gate that has it, and those that have lost it and do not know. A crash keeps of each topic what the
 * broker happened to have, in order; a displaced gate may send the rest later, and more.
 */
final class ModelGates {

    enum Account {
        UNKNOWN,
        ACTIVE,
        CLOSED
    }

    static final int IDS = 4;

    private final List<Integer> log = new ArrayList<>();
    private final Account[] accounts = new Account[IDS];
    private final List<long[]> claimChanges = new ArrayList<>();
    private final List<Long> accepted = new ArrayList<>();
    private final List<Long> rejected = new ArrayList<>();
    private final List<Long> lastSentChanges = new ArrayList<>();
    private final List<Gate> displaced = new ArrayList<>();
    private int committed;
    private boolean changedSinceCommit;
    private int judgedByDisplaced;
    private Gate gate;

    ModelGates() {
        Arrays.fill(accounts, Account.UNKNOWN);
        gate = new Gate();
    }

    void send(int id) {
        log.add(id);
    }

    List<Integer> sent() {
        return log;
    }

    void change(int id, Account standing) {
        changedSinceCommit |= accounts[id] != standing;
        accounts[id] = standing;
    }

    void judgeNext() {
        gate.judgeNext();
    }

    void commit() {
        gate.storeAll();
        committed = gate.next;
        changedSinceCommit = false;
    }

    void crash(Random random) {
        gate.storeSome(random);
        gate = new Gate();
    }

    private boolean hasDisplaced() {
        return !displaced.isEmpty();
    }

    /** Whether there are records that a displaced gate has judged, or will, and its successor has still to judge. */
    boolean someAreJudgedTwice() {
        return hasDisplaced() || committed < judgedByDisplaced;
    }

    /** Whether a successor would judge with the same accounts what the gate has judged and not committed. */
    boolean judgedAllAlikeSinceTheCommit() {
        return !changedSinceCommit;
    }

    void displace(Random random) {
        gate.storeSomeAndKeepTheRest(random);
        displaceWithEverythingUnsent();
    }

    void displaceWithEverythingUnsent() {
        displaced.add(gate);
        gate = new Gate();
        gate.recall();
    }

    /** One of the displaced judges what it has fetched, sends, or learns of its fate and dies. */
    void writeLate(Random random) {
        if (displaced.isEmpty()) {
            return;
        }
        var zombie = displaced.get(random.nextInt(displaced.size()));
        switch (random.nextInt(4)) {
            case 0 -> zombie.judgeNext();
            case 1, 2 -> zombie.storeSomeAndKeepTheRest(random);
            default -> {
                zombie.storeSome(random);
                buried(zombie);
            }
        }
    }

    void writeAllLate() {
        List.copyOf(displaced).forEach(zombie -> {
            zombie.storeAll();
            buried(zombie);
        });
    }

    private void buried(Gate zombie) {
        displaced.remove(zombie);
        judgedByDisplaced = Math.max(judgedByDisplaced, zombie.next);
    }

    void replayUntilNothingIsLeft(Random random) {
        while (hasDisplaced()) {
            writeLate(random);
        }
        if (someAreJudgedTwice()) {
            judgeAll();
        }
        Arrays.fill(accounts, Account.ACTIVE);
        judgeAll();
        Set<Long> refused = new HashSet<>(rejected);
        refused.forEach(offset -> log.add(log.get(offset.intValue())));
        judgeAll();
    }

    private void judgeAll() {
        while (gate.next < log.size()) {
            judgeNext();
        }
        commit();
    }

    /** How often the ledger draws each id: it skips what lies at or below the highest position that it has seen. */
    Map<Integer, Integer> drawn() {
        var draws = new HashMap<Integer, Integer>();
        long position = Claim.NONE;
        for (long offset : accepted) {
            if (offset > position) {
                position = offset;
                draws.merge(log.get((int) offset), 1, Integer::sum);
            }
        }
        return draws;
    }

    /** With what it has restored, from the last commit on. */
    private final class Gate {

        private final Outbox<long[]> claiming = new Outbox<>(claimChanges);
        private final Outbox<Long> accepting = new Outbox<>(accepted);
        private final Outbox<Long> rejecting = new Outbox<>(rejected);
        private final Outbox<Long> sending = new Outbox<>(lastSentChanges);
        private final Map<Integer, Long> claims = new HashMap<>();
        private long lastSent = Claim.NONE;
        private int next = committed;
        private boolean isFirst = true;

        private Gate() {
            claimChanges.forEach(change -> claims.put((int) change[0], change[1]));
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
                case REFUSED_BEFORE -> rejecting.send((long) offset);
                case OWN -> accepting.send((long) offset);
                case FREE -> {
                    if (accounts[id] == Account.ACTIVE) {
                        claim(id, offset);
                        accepting.send((long) offset);
                    } else {
                        rejecting.send((long) offset);
                    }
                }
            }
        }

        private void recall() {
            isFirst = false;
            lastSent = lastSentChanges.isEmpty() ? Claim.NONE : lastSentChanges.getLast();
            // Wherever it stands: a displaced gate may have written something older behind it.
            for (long offset : new TreeSet<>(accepted).tailSet((long) next)) {
                lastSent = Math.max(lastSent, offset);
                if (!claims.containsKey(log.get((int) offset))) {
                    claim(log.get((int) offset), offset);
                }
            }
            if (lastSent >= next) {
                sending.send(lastSent);
            }
        }

        private void claim(int id, long offset) {
            claims.put(id, offset);
            claiming.send(new long[] {id, offset});
        }

        private void storeAll() {
            outboxes().forEach(outbox -> outbox.store(Integer.MAX_VALUE));
        }

        private void storeSome(Random random) {
            storeSomeAndKeepTheRest(random);
            outboxes().forEach(outbox -> outbox.unsent.clear());
        }

        private void storeSomeAndKeepTheRest(Random random) {
            outboxes().forEach(outbox -> outbox.store(random.nextInt(outbox.unsent.size() + 1)));
        }

        private Stream<Outbox<?>> outboxes() {
            return Stream.of(claiming, accepting, rejecting, sending);
        }
    }

    /** Records of one gate on their way to a topic. */
    private static final class Outbox<T> {

        private final List<T> unsent = new ArrayList<>();
        private final List<T> stored;

        private Outbox(List<T> stored) {
            this.stored = stored;
        }

        private void send(T record) {
            unsent.add(record);
        }

        private void store(int count) {
            var some = unsent.subList(0, Math.min(count, unsent.size()));
            stored.addAll(some);
            some.clear();
        }
    }
}
