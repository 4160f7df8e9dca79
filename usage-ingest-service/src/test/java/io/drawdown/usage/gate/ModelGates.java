package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
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
 * broker happened to have, in order; of the changelogs only what was committed is restored. Whoever takes over fences the one before: from then on the broker keeps nothing of it,
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
    private final List<Stored<Claimed>> claimChanges = new ArrayList<>();
    private final List<Stored<Map.Entry<Long, byte[]>>> runChanges = new ArrayList<>();
    private final List<Stored<Long>> accepted = new ArrayList<>();
    private final List<Stored<Long>> rejected = new ArrayList<>();
    private final List<Stored<Long>> lastSentChanges = new ArrayList<>();
    private final List<Gate> displaced = new ArrayList<>();
    private final List<Disk> disks = new ArrayList<>();
    private int committed;
    private Gate gate;

    ModelGates() {
        Arrays.fill(accounts, Account.UNKNOWN);
        gate = new Gate(Disk.EMPTY);
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
        gate.checkpoint = claimChanges.size();
        committed = gate.next;
    }

    void crash(Random random) {
        gate.storeSome(random);
        disks.add(gate.disk());
        takeOver(anyDisk(random));
    }

    void displace(Random random) {
        gate.storeSome(random);
        displaced.add(gate);
        takeOver(anyDisk(random));
        gate.begin();
    }

    void displaceWithEverythingUnsent() {
        displaced.add(gate);
        takeOver(Disk.EMPTY);
        gate.begin();
    }

    void crashAndComeBackWithTheDiskOfTheDisplaced() {
        takeOver(displaced.removeFirst().disk());
    }

    private Disk anyDisk(Random random) {
        int chosen = random.nextInt(disks.size() + 1);
        return chosen == disks.size() ? Disk.EMPTY : disks.get(chosen);
    }

    private void takeOver(Disk disk) {
        gate.transaction.isAborted = true;
        gate = new Gate(disk);
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
            default -> {
                displaced.remove(zombie);
                disks.add(zombie.disk());
            }
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

        private final Outbox<Claimed> claiming = new Outbox<>(claimChanges);
        private final Outbox<Map.Entry<Long, byte[]>> running = new Outbox<>(runChanges);
        private final Outbox<Long> accepting = new Outbox<>(accepted);
        private final Outbox<Long> rejecting = new Outbox<>(rejected);
        private final Outbox<Long> sending = new Outbox<>(lastSentChanges);
        private final Map<Integer, Claimed> claims;
        private final Set<Long> aborted = new HashSet<>();
        private final Runs runs;
        private Transaction transaction = new Transaction();
        private long lastSent = Claim.NONE;
        private int next = committed;
        private int checkpoint;
        private boolean isFirst = true;

        private Gate(Disk disk) {
            claims = new HashMap<>(disk.claims());
            checkpoint = disk.checkpoint();
            restored(claimChanges.subList(checkpoint, claimChanges.size()))
                    .forEach(change -> claims.put(change.id(), change));
            var known = new TreeMap<Long, byte[]>();
            restored(runChanges).forEach(run -> known.put(run.getKey(), run.getValue()));
            runs = new Runs(StoreOnMap.of(known, (number, run) -> running.send(Map.entry(number, run))));
        }

        private static <T> Stream<T> restored(List<Stored<T>> changes) {
            return changes.stream()
                    .filter(change -> change.transaction.isCommitted)
                    .map(change -> change.record);
        }

        private Disk disk() {
            return new Disk(claims, checkpoint);
        }

        private void judgeNext() {
            if (next == log.size()) {
                return;
            }
            if (isFirst) {
                begin();
            }
            int offset = next++;
            int id = log.get(offset);
            switch (Claim.of(claimedBy(id), offset, lastSent)) {
                case TAKEN -> {}
                case SENT -> sendAgain(offset);
                case REFUSED_BEFORE -> rejecting.send((long) offset);
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

        private long claimedBy(int id) {
            var claim = claims.get(id);
            return claim != null && runs.hold(claim.run(), claim.offset()) ? claim.offset() : Claim.NONE;
        }

        private void sendAgain(long offset) {
            if (aborted.remove(offset)) {
                accepting.send(offset);
            }
        }

        private void begin() {
            isFirst = false;
            runs.begin(next);
            lastSent = restored(lastSentChanges).reduce((_, last) -> last).orElse(Claim.NONE);
            var sent = new TreeMap<Long, Boolean>();
            // Wherever it stands: a run that sent again and crashed has left something older behind it.
            accepted.forEach(record -> sent.merge(record.record, record.transaction.isCommitted, Boolean::logicalOr));
            sent.tailMap((long) next).forEach((offset, isCommitted) -> {
                lastSent = Math.max(lastSent, offset);
                if (claimedBy(log.get(offset.intValue())) == Claim.NONE) {
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
            var claim = new Claimed(id, offset, runs.current());
            claims.put(id, claim);
            claiming.send(claim);
        }

        private void storeAll() {
            outboxes().forEach(outbox -> outbox.store(Integer.MAX_VALUE, transaction));
        }

        private void storeSome(Random random) {
            outboxes().forEach(outbox -> outbox.store(random.nextInt(outbox.unsent.size() + 1), transaction));
        }

        private Stream<Outbox<?>> outboxes() {
            return Stream.of(claiming, running, accepting, rejecting, sending);
        }
    }

    private record Claimed(int id, long offset, long run) {}

    /** What a gate leaves behind: all that it claimed, whatever became of it, and how much of the changelog it knew at its last commit. */
    private record Disk(Map<Integer, Claimed> claims, int checkpoint) {
        private static final Disk EMPTY = new Disk(Map.of(), 0);
    }

    /** The broker keeps nothing that comes in an aborted one: whose it was is fenced. */
    private static final class Transaction {
        private boolean isCommitted;
        private boolean isAborted;
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

        private void store(int count, Transaction transaction) {
            var some = unsent.subList(0, Math.min(count, unsent.size()));
            if (!transaction.isAborted) {
                some.forEach(record -> stored.add(new Stored<>(record, transaction)));
            }
            some.clear();
        }
    }
}
