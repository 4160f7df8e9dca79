package io.drawdown.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store finds again when it is opened. */
class JournalTest {

    static final Map<String, List<String>> KINDS = Map.of("thing", List.of("owner"));

    @TempDir
    Path folder;

    Store open() {
        return new Store(KINDS, folder, false, RewritingTest.SMALL);
    }

    static void put(Store store, String id, String owner) {
        store.run(work -> {
            work.put("thing", id, Json.object().put("id", id).put("owner", owner));
            return true;
        });
    }

    static List<String> owned(Store store, String owner) {
        return store.run(work -> work.all("thing", Condition.is("owner", owner)).stream()
                .map(thing -> Json.need(thing, "id"))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "Zürich", "東京", "\uD83D\uDE00", "a\0b", ""})
    void findsItsTextsWhateverTheyHold(String text) throws IOException {
        try (var store = open()) {
            put(store, "id" + text, text);
        }
        try (var store = open()) {
            assertThat(owned(store, text)).containsExactly("id" + text);
        }
    }

    static Stream<byte[]> tails() {
        return Stream.of(
                new byte[] {0, 0, 1, 0, 0, 0, 0, 0, 7},
                new byte[4096],
                ByteBuffer.allocate(20).putInt(8).putLong(1).array(),
                ByteBuffer.allocate(20).putInt(-1).putLong(1).array(),
                ByteBuffer.allocate(20).putInt(Integer.MAX_VALUE).putLong(1).array());
    }

    /** Of a record that was being written when the process was killed, or when power was lost. */
    @ParameterizedTest
    @MethodSource("tails")
    void dropsATailThatIsNoRecord(byte[] tail) throws IOException {
        try (var store = open()) {
            put(store, "before", "A");
        }
        Files.write(folder.resolve("journal"), tail, StandardOpenOption.APPEND);
        try (var store = open()) {
            assertThat(owned(store, "A")).containsExactly("before");
            put(store, "after", "A");
        }
        try (var store = open()) {
            assertThat(owned(store, "A")).containsExactly("after", "before");
        }
    }

    /** What was there at the start is read from a file that a rewriting has put another in place of. */
    @Test
    void keepsWhatItFoundWhenItIsRewritten() throws IOException {
        try (var store = open()) {
            put(store, "found", "A");
        }
        try (var store = open()) {
            int version = 0;
            for (long size = 0, before = -1; size > before; version++) {
                before = Files.size(folder.resolve("journal"));
                RewritingTest.put(store, "changing", version);
                size = Files.size(folder.resolve("journal"));
            }
            assertThat(owned(store, "A")).containsExactly("found");
        }
        try (var store = open()) {
            assertThat(owned(store, "A")).containsExactly("found");
        }
    }
}
