package io.drawdown.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.sandbox.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that is rewritten holds what is alive, wherever the process dies. */
class RewritingTest {

    static final int OBJECTS = 1_200;
    static final int SMALL = 100_000;
    static final Map<String, List<String>> KINDS = Map.of("thing", List.of("owner"));

    @TempDir
    Path folder;

    static Change change(int number, int version) {
        var node = Json.object().put("version", version);
        return new Change("thing", "t" + number, number + 1L, Blob.of(node), 7, new @Nullable String[] {"o"});
    }

    static Stream<Change> all(int version) {
        return IntStream.range(0, OBJECTS).mapToObj(number -> change(number, version));
    }

    static Map<String, Integer> versions(Path folder) throws IOException {
        var versions = new HashMap<String, Integer>();
        Journal.open(folder, false, change -> read(change, versions)).close();
        return versions;
    }

    static void read(Change change, Map<String, Integer> versions) {
        if (change.blob() != null) {
            versions.put(change.id(), change.blob().unpack().path("version").asInt());
        }
    }

    /** The process that dies: its arguments are the folder and after which of its messages. */
    static final class Victim extends Handler {

        private static final Logger LOGGER = Logger.getLogger(Rewriting.class.getName());

        private int left;

        Victim(int left) {
            this.left = left;
        }

        public static void main(String[] arguments) throws IOException {
            LOGGER.setLevel(Level.FINE);
            LOGGER.setUseParentHandlers(false);
            LOGGER.addHandler(new Victim(Integer.parseInt(arguments[1])));
            try (var journal = Journal.open(Path.of(arguments[0]), false, _ -> {})) {
                all(1).forEach(change -> journal.append(List.of(change)));
                all(2).forEach(change -> journal.append(List.of(change)));
                journal.rewrite(all(2).iterator());
                journal.append(List.of(change(0, 3)));
            }
        }

        @Override
        public void publish(LogRecord record) {
            if (left-- == 0) {
                die();
            }
        }

        private static void die() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
                Thread.sleep(60_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    int run(int dyingAfter) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        Integer.toString(dyingAfter))
                .inheritIO()
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void losesNothingWhenTheProcessIsKilledAtAStep(int step) throws Exception {
        assertThat(run(step)).isEqualTo(137);
        assertThat(versions(folder)).hasSize(OBJECTS).containsValue(2).doesNotContainValue(1);
        assertThat(folder.resolve("journal.new")).doesNotExist();
    }

    @Test
    void goesOnWithTheNewFile() throws Exception {
        assertThat(run(5)).isZero();
        assertThat(versions(folder)).hasSize(OBJECTS).containsEntry("t0", 3).containsEntry("t1", 2);
    }

    @Test
    void happensBeforeTheFileGrowsBeyondWhatIsAlive() throws IOException {
        try (var store = new Store(KINDS, folder, false, SMALL)) {
            for (int i = 0; i < 200; i++) {
                put(store, "t" + i % 10, i);
            }
        }
        assertThat(Files.size(folder.resolve("journal"))).isLessThan(SMALL + 10_000);
        try (var store = new Store(KINDS, folder, true)) {
            assertThat(store.<Integer>run(work -> work.all("thing").size())).isEqualTo(10);
            put(store, "t0", 200);
        }
        try (var store = new Store(KINDS, folder, false)) {
            assertThat(store.<Integer>run(
                            work -> work.get("thing", "t0").path("version").asInt()))
                    .isEqualTo(200);
        }
    }

    /** Three kilobytes that do not pack. */
    static void put(Store store, String id, int version) {
        var noise = new SplittableRandom(version)
                .ints(300)
                .mapToObj(Integer::toHexString)
                .toList();
        store.run(work -> {
            work.put("thing", id, Json.object().put("version", version).put("noise", noise.toString()));
            return true;
        });
    }

    @Test
    void isForOneSandboxAtATime() throws IOException {
        try (var store = new Store(KINDS, folder, false)) {
            put(store, "t", 1);
            assertThatThrownBy(() -> new Store(KINDS, folder, false))
                    .hasRootCauseMessage("Another sandbox uses " + folder + ": stop it or give another --data");
        }
    }
}
