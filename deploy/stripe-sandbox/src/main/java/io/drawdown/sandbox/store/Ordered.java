package io.drawdown.sandbox.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries by age. New ones come at the end, old ones mostly leave at the beginning, and one that changes stays where it is:
 * so two arrays do what a tree would, in a fraction of the memory, and filling them takes a start no time.
 */
final class Ordered {

    /** As many places as this may be empty before the others move together. */
    private static final int FEW = 16;

    private long[] sequences = new long[1];
    /** An empty place is of one that has left. */
    private @Nullable Entry[] entries = new @Nullable Entry[1];

    private int begin;
    private int end;
    private int size;

    int size() {
        return size;
    }

    /** Adds it, or puts it in the place of the one with its sequence. */
    void put(Entry entry) {
        int at = begin == end || entry.sequence() > sequences[end - 1] ? -end - 1 : place(entry.sequence());
        if (at < 0) {
            at = makePlace(-at - 1);
            sequences[at] = entry.sequence();
        }
        size += entries[at] == null ? 1 : 0;
        entries[at] = entry;
    }

    /** Where it is; else, negative, where it would come, as {@link Arrays#binarySearch} says it. */
    private int place(long sequence) {
        return Arrays.binarySearch(sequences, begin, end, sequence);
    }

    private int makePlace(int wanted) {
        int at = wanted;
        if (end == entries.length) {
            at -= moveTogether(wanted);
        }
        System.arraycopy(sequences, at, sequences, at + 1, end - at);
        System.arraycopy(entries, at, entries, at + 1, end - at);
        entries[at] = null;
        end++;
        return at;
    }

    void remove(long sequence) {
        int at = place(sequence);
        if (at < 0 || entries[at] == null) {
            return;
        }
        entries[at] = null;
        size--;
        while (begin < end && entries[begin] == null) {
            begin++;
        }
        while (begin < end && entries[end - 1] == null) {
            end--;
        }
        if (end - begin > 2 * size + FEW) {
            moveTogether(end);
        }
    }

    /** Leaves no empty place before the end, and as many after it; returns how many there were before a place. */
    private int moveTogether(int place) {
        var oldSequences = sequences;
        var oldEntries = entries;
        int oldBegin = begin;
        int oldEnd = end;
        int movedBefore = 0;
        sequences = new long[2 * size + 1];
        entries = new @Nullable Entry[2 * size + 1];
        begin = 0;
        end = 0;
        for (int i = oldBegin; i < oldEnd; i++) {
            if (oldEntries[i] != null) {
                movedBefore += i < place ? 1 : 0;
                sequences[end] = oldSequences[i];
                entries[end++] = oldEntries[i];
            }
        }
        return place - movedBefore;
    }

    /** All of them. */
    Stream<Entry> oldestFirst() {
        return from(begin);
    }

    /** Those that are younger. */
    Stream<Entry> oldestFirst(long after) {
        int at = place(after);
        return from(at < 0 ? -at - 1 : at + 1);
    }

    private Stream<Entry> from(int first) {
        return IntStream.range(first, end).mapToObj(at -> entries[at]).filter(Objects::nonNull);
    }

    /** All of them. */
    Stream<Entry> newestFirst() {
        return downFrom(end - 1);
    }

    /** Those that are older. */
    Stream<Entry> newestFirst(long before) {
        int at = place(before);
        return downFrom(at < 0 ? -at - 2 : at - 1);
    }

    private Stream<Entry> downFrom(int last) {
        return IntStream.iterate(last, at -> at >= begin, at -> at - 1)
                .mapToObj(at -> entries[at])
                .filter(Objects::nonNull);
    }
}
