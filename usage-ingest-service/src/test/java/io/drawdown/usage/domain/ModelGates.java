package io.drawdown.usage.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One partition, the gate that has it, and those that have lost it and do not know. A crash keeps of each topic what the
 * broker happened to have, in order. Whoever takes over fences the one before: from then on the broker keeps nothing of it,
 * whatever it judges and sends.
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
    private final List<Stored<long[]>> claimChanges = new ArrayList<>();
    private final List<Stored<Long>> accepted = new ArrayList<>();
    private final List<Stored<Long>> rejected = new ArrayList<>();
    private final List<Stored<Long>> lastSentChanges = new ArrayList<>();
    private final List<Gate> displaced = new ArrayList<>();
    private int committed;
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
        accounts[id] = standing;
    }

    void judgeNext() {
        gate.judgeNext();
    }

    void commit() {
        gate.storeAll();
        gate.transaction.isCommitted = true;
        gate.transaction = new Transaction();
        committed = gate.next;
    }

    void crash(Random random) {
        gate.storeSome(random);
        takeOver();
    }

    void displace(Random random) {
        gate.storeSome(random);
        displaceWithEverythingUnsent();
    }

    void displaceWithEverythingUnsent() {
        displaced.add(gate);
        takeOver();
        gate.recall();
    }

    private void takeOver() {
        gate.isFenced = true;
        gate = new Gate();
    }

    /** One of the displaced judges what it has fetched, sends, or learns of its fate and dies. */
    void writeLate(Random random) {
        if (displaced.isEmpty()) {
            return;
        }
        var zombie = displaced.get(random.nextInt(displaced.size()));
        switch (random.nextInt(4)) {
            case 0 -> zombie.judgeNext();
            case 1, 2 -> zombie.storeSome(random);
            default -> displaced.remove(zombie);
        }
    }

    void writeAll() {
        gate.storeAll();
    }

    void writeAllLate() {
        displaced.forEach(Gate::storeAll);
        displaced.clear();
    }

    void replayUntilNothingIsLeft() {
        Arrays.fill(accounts, Account.ACTIVE);
        judgeAll();
        Set<Long> refused = new HashSet<>();
        rejected.forEach(refusal -> refused.add(refusal.record));
        refused.forEach(offset -> log.add(log.get(offset.intValue())));
        judgeAll();
    }

    private void judgeAll() {
        while (gate.next < log.size()) {
            judgeNext();
        }
        commit();
    }

    /** How often the ledger draws each id: it reads what comes, and skips what is not beyond the highest position that it has seen. */
    Map<Integer, Integer> drawn() {
        return drawn(_ -> true);
    }

    /** The same for a reader that waits for commits. */
    Map<Integer, Integer> drawnByAPatientReader() {
        return drawn(record -> record.transaction.isCommitted);
    }

    private Map<Integer, Integer> drawn(Predicate<Stored<Long>> isRead) {
        var draws = new HashMap<Integer, Integer>();
        long position = Claim.NONE;
        for (var record : accepted.stream().filter(isRead).toList()) {
            if (record.record > position) {
                position = record.record;
                draws.merge(log.get(record.record.intValue()), 1, Integer::sum);
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
        private final Set<Long> aborted = new HashSet<>();
        private Transaction transaction = new Transaction();
        private long lastSent = Claim.NONE;
        private int next = committed;
        private boolean isFirst = true;
        private boolean isFenced;

        private Gate() {
            claimChanges.forEach(change -> claims.put((int) change.record[0], change.record[1]));
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
                case TAKEN -> {}
                case SENT -> sendAgain(offset);
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

        private void sendAgain(long offset) {
            if (aborted.remove(offset)) {
                accepting.send(offset);
            }
        }

        private void recall() {
            isFirst = false;
            lastSent = lastSentChanges.isEmpty() ? Claim.NONE : lastSentChanges.getLast().record;
            var sent = new TreeMap<Long, Boolean>();
            // Wherever it stands: a run that sent again and crashed has left something older behind it.
            accepted.forEach(record -> sent.merge(record.record, record.transaction.isCommitted, Boolean::logicalOr));
            sent.tailMap((long) next).forEach((offset, isCommitted) -> {
                lastSent = Math.max(lastSent, offset);
                if (!claims.containsKey(log.get(offset.intValue()))) {
                    claim(log.get(offset.intValue()), offset);
                }
                if (!isCommitted) {
                    aborted.add(offset);
                }
            });
            if (lastSent >= next) {
                sending.send(lastSent);
            }
        }

        private void claim(int id, long offset) {
            claims.put(id, offset);
            claiming.send(new long[] {id, offset});
        }

        private void storeAll() {
            outboxes().forEach(outbox -> outbox.store(Integer.MAX_VALUE, this));
        }

        private void storeSome(Random random) {
            outboxes().forEach(outbox -> outbox.store(random.nextInt(outbox.unsent.size() + 1), this));
        }

        private Stream<Outbox<?>> outboxes() {
            return Stream.of(claiming, accepting, rejecting, sending);
        }
    }

    private static final class Transaction {
        private boolean isCommitted;
    }

    private record Stored<T>(T record, Transaction transaction) {}

    /** Records of one gate on their way to a topic. */
    private static final class Outbox<T> {

        private final List<T> unsent = new ArrayList<>();
        private final List<Stored<T>> stored;

        private Outbox(List<Stored<T>> stored) {
            this.stored = stored;
        }

        private void send(T record) {
            unsent.add(record);
        }

        private void store(int count, Gate gate) {
            var some = unsent.subList(0, Math.min(count, unsent.size()));
            if (!gate.isFenced) {
                some.forEach(record -> stored.add(new Stored<>(record, gate.transaction)));
            }
            some.clear();
        }
    }
}
