package io.drawdown.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.step.Step;
import io.drawdown.demo.step.Story;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerformanceTest {

    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    final Story story = new Story(
            new Environment(Map.of("schemaRegistry", "http://127.0.0.1:1"), "127.0.0.1:1", Map.of(), "sk_test_x"),
            Path.of("environment.json"));

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void countsWhatHolds() {
        var failed = new Performance(StepLog.json(out)).of(List.of(holds("a"), holds("b")), story);

        assertThat(failed).isZero();
        assertThat(lines()).hasSize(3);
        assertThat(lines().getFirst()).contains("\"step\":\"a\"", "\"ok\":true", "\"millis\":", "\"seen\":\"saw a\"");
        assertThat(lines().getLast()).isEqualTo("{\"passed\":2,\"failed\":0}");
    }

    @Test
    void countsWhatCouldNotBeTriedAsFailed() {
        var failed = new Performance(StepLog.json(out)).of(List.of(holds("a"), breaks("b"), holds("c")), story);

        assertThat(failed).isEqualTo(2);
        assertThat(lines().get(1)).contains("\"ok\":false", "\"error\":\"balance is 3\"");
        assertThat(lines().get(2)).contains("not tried");
        assertThat(lines().getLast()).isEqualTo("{\"passed\":1,\"failed\":2}");
    }

    @Test
    void tellsAPersonWhyAStepFailed() {
        new Performance(StepLog.text(out)).of(List.of(breaks("b")), story);

        assertThat(lines()).anySatisfy(line -> assertThat(line).startsWith("FAIL  b"));
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("balance is 3"));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Step holds(String name) {
        return step(name, () -> "saw " + name);
    }

    private static Step breaks(String name) {
        return step(name, () -> {
            throw new AssertionError("balance is 3");
        });
    }

    private static Step step(String name, java.util.function.Supplier<String> outcome) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String perform(Story story) {
                return outcome.get();
            }
        };
    }
}
