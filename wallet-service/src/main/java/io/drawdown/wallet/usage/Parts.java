package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.UsageLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts a wallet's lines of one batch into what one event may carry. Nearly always that is one part; a wallet that takes most
 * of a batch would otherwise make an event larger than Kafka's limit of a megabyte, and the relay could never send it.
 */
final class Parts {

    static final int MOST_LINES = 1_000;

    /** A character may take three bytes, so this stays well below a megabyte. */
    static final int MOST_CHARACTERS = 200_000;

    private static final int CHARACTERS_BESIDE_NAMES = 80;

    private Parts() {}

    /**
     * The lines in their order, in as few parts as will do; no part is empty.
     *
     * @param characters about how many a line takes
     */
    static <T> List<List<T>> of(List<T> lines, ToIntFunction<T> characters) {
        var parts = new ArrayList<List<T>>(1);
        int from = 0;
        int size = 0;
        for (int i = 0; i < lines.size(); i++) {
            int line = characters.applyAsInt(lines.get(i));
            if (i > from && (i - from == MOST_LINES || size + line > MOST_CHARACTERS)) {
                parts.add(List.copyOf(lines.subList(from, i)));
                from = i;
                size = 0;
            }
            size += line;
        }
        if (from < lines.size()) {
            parts.add(List.copyOf(lines.subList(from, lines.size())));
        }
        return parts;
    }

    static int characters(Usage line) {
        return CHARACTERS_BESIDE_NAMES
                + line.source().length()
                + line.id().length()
                + line.meterId().length();
    }

    static int characters(UsageLine line) {
        return CHARACTERS_BESIDE_NAMES
                + line.source().length()
                + line.id().length()
                + line.meterId().length()
                + line.priceId().length();
    }
}
