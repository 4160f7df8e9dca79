package io.drawdown.sandbox.seed;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A seed is applied to a store that holds nothing, once and whole. */
public final class Seeding {

    private static final String KIND = "_seed";
    private static final String ID = "seed";

    private final Store store;
    private final Script script;
    private final boolean applies;

    private Seeding(Store store, Script script, boolean applies) {
        this.store = store;
        this.script = script;
        this.applies = applies;
    }

    /** The kind that the store remembers seeds by. */
    public static Map<String, List<String>> kinds() {
        return Map.of(KIND, List.of());
    }

    /**
     * To be called before anything else is in the store.
     *
     * @throws IllegalArgumentException when the file cannot be understood
     * @throws IllegalStateException when an earlier start broke off within the seed
     */
    public static Seeding of(Path file, Store store) {
        var script = read(file);
        return new Seeding(store, script, store.isEmpty() ? begin(store) : isUnfinished(store));
    }

    private static Script read(Path file) {
        try {
            return Script.parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The seed " + file + " cannot be read: check its path and encoding", e);
        }
    }

    private static boolean begin(Store store) {
        return mark(store, Json.object().put("done", false));
    }

    private static boolean isUnfinished(Store store) {
        boolean unfinished = store.run(work -> {
            var mark = work.get(KIND, ID);
            return mark != null && !Json.flag(mark, "done");
        });
        if (unfinished) {
            throw new IllegalStateException(
                    "The data folder holds a part of a seed, whose application broke off: empty the folder");
        }
        return false;
    }

    private static boolean mark(Store store, ObjectNode mark) {
        return store.run(work -> {
            work.put(KIND, ID, mark);
            return true;
        });
    }

    /** Makes the seed's calls, unless the store held something before. */
    public void apply(Api api) {
        if (applies) {
            script.run(api);
            mark(store, Json.object().put("done", true));
        }
    }
}
