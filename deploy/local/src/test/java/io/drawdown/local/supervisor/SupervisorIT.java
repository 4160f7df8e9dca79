package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes: small shell programs that note in a file what happens to them. */
@Timeout(30)
class SupervisorIT {

    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1));

    private final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private RunFiles runFiles;
    private Supervisor supervisor;

    @BeforeEach
    void open() {
        runFiles = new RunFiles(folder.resolve("run"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        supervisor.stop();
    }

    @Test
    void startsInOrderAndStopsInReverse() throws Exception {
        supervise(noting("first"), noting("second", "first"), noting("third", "second"));

        supervisor.start();
        supervisor.stop();

        assertThat(notes())
                .containsExactly(
                        "start first", "start second", "start third", "stop third", "stop second", "stop first");
        assertThat(runFiles.processes()).isEmpty();
    }

    @Test
    void startsAProcessThatWasKilledAgain() throws Exception {
        supervise(noting("server"));
        supervisor.start();
        var first = identity("server");

        kill(first);

        await().untilAsserted(() -> assertThat(runFiles.read("server")).hasValueSatisfying(entry -> {
            assertThat(entry.state()).isEqualTo(State.READY);
            assertThat(entry.restarts()).isEqualTo(1);
            assertThat(entry.process()).isNotEqualTo(first);
            assertThat(entry.lastFailure()).contains("exit code 137");
        }));
        assertThat(said).anySatisfy(line -> assertThat(line).contains("server ended with exit code 137", "0.1 s"));
    }

    @Test
    void waitsLongerAfterEachDeathInARow() throws Exception {
        supervise(noting("server"));
        supervisor.start();

        for (var death = 1; death <= 4; death++) {
            var restarts = death;
            kill(identity("server"));
            await().until(() -> runFiles.read("server").orElseThrow().restarts() == restarts
                    && runFiles.read("server").orElseThrow().state() == State.READY);
        }

        assertThat(said.stream().filter(line -> line.contains("starting it again in")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("in 0.1 s"),
                        line -> assertThat(line).contains("in 0.1 s"),
                        line -> assertThat(line).contains("in 0.2 s"),
                        line -> assertThat(line).contains("in 0.4 s"));
    }

    @Test
    void keepsTryingWhenARestartFails() throws Exception {
        var broken = folder.resolve("broken");
        supervise(shell("server", "[ ! -e " + broken + " ] || exit 9; " + note("start server") + "exec sleep 60")
                .readyWhen(() -> notes().contains("start server"))
                .build());
        supervisor.start();
        Files.createFile(broken);

        kill(identity("server"));
        await().until(() -> runFiles.read("server").orElseThrow().restarts() >= 2);
        Files.delete(broken);

        await().until(() -> runFiles.read("server").orElseThrow().state() == State.READY);
    }

    @Test
    void failsTheStartWithTheEndOfTheLogWhenAProcessDies() throws Exception {
        supervise(
                noting("good"),
                shell("bad", "echo the cause of it all; exit 3")
                        .readyWhen(() -> false)
                        .build());

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(supervisor::start)
                .withMessageContaining("bad ended with exit code 3 before it was ready")
                .withMessageContaining("the cause of it all")
                .withMessageContaining(folder.resolve("logs/bad.log").toString());

        var started = runFiles.processes();
        supervisor.stop();
        assertThat(started).noneMatch(RunRecord::isAlive);
        assertThat(runFiles.processes()).isEmpty();
    }

    @Test
    void failsTheStartWhenAProcessIsNotReadyInTime() throws Exception {
        supervise(shell("slow", "exec sleep 60")
                .readyWhen(() -> false)
                .startsWithin(Duration.ofMillis(300))
                .build());

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(supervisor::start)
                .withMessageContaining("slow was not ready within");
    }

    @Test
    void failsTheStartWithTheEndOfTheLogWhenAStepFails() throws Exception {
        supervise(shell("server", "echo not yet; " + note("start server") + "exec sleep 60")
                .readyWhen(() -> notes().contains("start server"))
                .onceReady(() -> {
                    throw new IOException("nobody answers");
                })
                .build());

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(supervisor::start)
                .withMessageContaining("server runs, but could not be prepared: nobody answers\nThe end of its log")
                .withMessageContaining("not yet");
    }

    @Test
    void failsTheStartAtOnceWhenAProcessDiesWhileAStepWaitsForIt() throws Exception {
        supervise(shell("server", "exec sleep 60")
                .onceReady(() -> {
                    kill(identity("server"));
                    new CountDownLatch(1).await();
                })
                .build());

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(supervisor::start)
                .withMessageContaining("server ended with exit code 137 before it was ready");
    }

    @Test
    void killsAProcessThatWillNotStop() throws Exception {
        supervise(shell("stubborn", "trap '' TERM; " + note("start stubborn") + "exec sleep 60")
                .readyWhen(() -> notes().contains("start stubborn"))
                .stopsWithin(Duration.ofMillis(300))
                .build());
        supervisor.start();
        var stubborn = identity("stubborn");

        supervisor.stop();

        assertThat(stubborn.isAlive()).isFalse();
        assertThat(said).anySatisfy(line -> assertThat(line).contains("stubborn did not stop"));
    }

    @Test
    void stopsInTheMiddleOfAStart() throws Exception {
        supervise(shell("slow", "exec sleep 60").readyWhen(() -> false).build(), noting("later", "slow"));
        var start = CompletableFuture.runAsync(() -> {
            try {
                supervisor.start();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> runFiles.read("slow").isPresent());
        var slow = identity("slow");

        supervisor.stop();

        assertThat(slow.isAlive()).isFalse();
        assertThat(start).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withCauseInstanceOf(Stopped.class);
        assertThat(notes()).isEmpty();
    }

    @Test
    void saysWhenAReadyProcessIsReadyNoLonger() throws Exception {
        var sick = folder.resolve("sick");
        supervise(shell("server", "exec sleep 60")
                .readyWhen(() -> !Files.exists(sick))
                .build());
        supervisor.start();

        Files.createFile(sick);

        await().until(() -> !runFiles.read("server").orElseThrow().healthy());
    }

    private void supervise(ProcessSpec... processes) {
        var surroundings =
                new Surroundings(folder.resolve("logs"), runFiles, new Listening(), Clock.systemUTC(), QUICK);
        supervisor = new Supervisor(List.of(processes), surroundings);
    }

    private ProcessSpec noting(String name, String... after) {
        var script = "trap '" + note("stop " + name) + "exit 0' TERM; " + note("start " + name)
                + "while :; do sleep 60 & wait $!; done";
        return shell(name, script)
                .after(after)
                .readyWhen(() -> notes().contains("start " + name))
                .build();
    }

    private ProcessSpec.Builder shell(String name, String script) {
        return ProcessSpec.named(name).command(List.of("/bin/sh", "-c", script)).stopsWithin(Duration.ofSeconds(5));
    }

    private String note(String text) {
        return "echo " + text + " >> " + folder.resolve("notes") + "; ";
    }

    private List<String> notes() {
        try {
            var notes = folder.resolve("notes");
            return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Identity identity(String name) {
        return runFiles.read(name).orElseThrow().process();
    }

    private static void kill(Identity process) {
        process.handle().orElseThrow().destroyForcibly();
    }

    private final class Listening implements Progress {
        @Override
        public void say(String text) {
            said.add(text);
        }

        @Override
        public void waitingFor(Collection<String> names) {}
    }
}
