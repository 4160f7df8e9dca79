package io.drawdown.local.supervisor;

import static java.util.Objects.requireNonNull;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.Launcher;
import io.drawdown.local.process.LogFile;
import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Termination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one process running: starts it, waits until it is ready, starts it again when it dies, stops it. */
final class Keeper {

    private static final Duration POLL = Duration.ofMillis(100);

    private final ProcessSpec spec;
    private final int rank;
    private final Path log;
    private final RunFiles runFiles;
    private final Progress progress;
    private final Clock clock;
    private final Backoff backoff;
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    private @Nullable Process process;
    private @Nullable RunRecord entry;
    private int restarts;
    private Duration startTook = Duration.ZERO;

    Keeper(ProcessSpec spec, int rank, Surroundings surroundings) {
        this.spec = spec;
        this.rank = rank;
        this.log = surroundings.logs().resolve(spec.name() + ".log");
        this.runFiles = surroundings.runFiles();
        this.progress = surroundings.progress();
        this.clock = surroundings.clock();
        this.backoff = surroundings.backoff();
    }

    ProcessSpec spec() {
        return spec;
    }

    int rank() {
        return rank;
    }

    /** How long the last start took, until it was ready and its steps were done. */
    Duration startTook() {
        return startTook;
    }

    /**
     * Starts the process and returns when it is ready; from then on it is kept running until {@link #stop()}.
     *
     * @throws PlatformException when it dies or is not ready in time
     * @throws Stopped when {@link #stop()} came first
     */
    void start() throws InterruptedException {
        startOnce();
        Thread.ofVirtual().name("keeper-" + spec.name()).start(this::keep);
    }

    /** Stops the process; it is not started again. */
    void stop() throws InterruptedException {
        stopRequested.countDown();
        var running = runningProcess();
        if (running != null) {
            write(running.in(State.STOPPING, false));
            if (!Termination.end(running.process(), spec.stopSignal(), spec.stopLimit())) {
                progress.say(
                        spec.name() + " did not stop within " + spec.stopLimit().toSeconds() + " s and was killed");
            }
        }
        runFiles.remove(spec.name());
    }

    /** Looks whether the process is ready still, and writes it down when that has changed. */
    void checkHealth() throws InterruptedException {
        var before = currentEntry();
        if (before == null || before.state() != State.READY) {
            return;
        }
        var healthy = spec.readiness().isReady();
        if (healthy != before.healthy()) {
            writeUnlessChanged(before, before.in(State.READY, healthy));
        }
    }

    private void keep() {
        try {
            keepRunning();
        } catch (InterruptedException | Stopped ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() throws InterruptedException {
        var deaths = 0;
        while (true) {
            var died = awaitDeath();
            if (stopRequested.getCount() == 0) {
                return;
            }
            deaths = backoff.deathsInARow(deaths, served(died));
            waitBeforeRestart(died, backoff.after(deaths));
            restart();
        }
    }

    /** Returns what the run file said when the process ended. */
    private RunRecord awaitDeath() throws InterruptedException {
        running().waitFor();
        return requireNonNull(currentEntry());
    }

    private Duration served(RunRecord died) {
        return died.state() == State.READY ? Duration.between(died.startedAt(), clock.instant()) : Duration.ZERO;
    }

    private void waitBeforeRestart(RunRecord died, Duration delay) throws InterruptedException {
        var failure = died.state() == State.BACKING_OFF
                ? died
                : died.failed("ended with exit code " + running().exitValue());
        write(failure);
        progress.say(spec.name() + " " + failure.lastFailure() + "; starting it again in " + Seconds.of(delay)
                + ", see " + log);
        if (stopRequested.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Stopped();
        }
    }

    private void restart() throws InterruptedException {
        restarts++;
        try {
            startOnce();
            progress.say(spec.name() + " is ready again after " + Seconds.of(startTook));
        } catch (PlatformException failed) {
            abandon(failed.getMessage());
        }
    }

    /** A restart that did not become ready: what is left of it goes, and the next wait begins. */
    private void abandon(@Nullable String reason) throws InterruptedException {
        var running = runningProcess();
        if (running != null) {
            Termination.end(running.process(), spec.stopSignal(), spec.stopLimit());
        }
        write(requireNonNull(currentEntry()).failed("could not be started again: " + firstLine(reason)));
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private void startOnce() throws InterruptedException {
        var begun = clock.instant();
        try {
            spec.beforeStart().run();
            LogFile.rotate(log);
            launch();
            awaitReady(begun.plus(spec.startLimit()));
            finishStart();
        } catch (IOException | UncheckedIOException e) {
            throw new PlatformException(spec.name() + " could not be prepared: " + e.getMessage(), e);
        }
        startTook = Duration.between(begun, clock.instant());
        markReady();
    }

    private synchronized void launch() {
        requireNotStopped();
        var started = Launcher.launch(spec.command(), spec.environment(), log);
        process = started;
        // Gone at once: an identity that matches nothing, so that nothing else is ever stopped in its place.
        var identity = Identity.of(started.pid()).orElse(new Identity(started.pid(), "gone"));
        entry = newEntry(identity, clock.instant());
        runFiles.write(entry); // A process that no file names must not go on: nobody could clean it up.
    }

    private RunRecord newEntry(Identity identity, Instant now) {
        var lastFailure = entry == null ? null : entry.lastFailure();
        return new RunRecord(
                spec.name(),
                identity.pid(),
                now,
                identity.started(),
                State.STARTING,
                false,
                restarts,
                spec.port(),
                rank,
                spec.stopSignal(),
                log.toString(),
                lastFailure);
    }

    private void awaitReady(Instant deadline) throws InterruptedException {
        while (!spec.readiness().isReady()) {
            requireAlive();
            if (clock.instant().isAfter(deadline)) {
                throw new PlatformException(StartFailure.tooSlow(spec, log));
            }
            if (stopRequested.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        }
        requireAlive(); // Something else may have answered in its place.
    }

    /** A step that talks to the process need not wait for one that has died. */
    private void finishStart() throws InterruptedException {
        var step = new FutureTask<@Nullable Void>(() -> {
            spec.onceReady().run();
            return null;
        });
        running().onExit().thenRun(() -> step.cancel(true));
        Thread.ofVirtual().name("start-" + spec.name()).start(step);
        try {
            step.get();
        } catch (CancellationException | ExecutionException e) {
            requireAlive();
            throw new PlatformException(StartFailure.unfinished(spec, e.getCause(), log), e);
        }
    }

    private void requireAlive() {
        if (!running().isAlive()) {
            requireNotStopped();
            throw new PlatformException(StartFailure.died(spec, running().exitValue(), log));
        }
    }

    private void requireNotStopped() {
        if (stopRequested.getCount() == 0) {
            throw new Stopped();
        }
    }

    private synchronized void markReady() {
        requireNotStopped();
        write(requireNonNull(entry).in(State.READY, true));
    }

    private synchronized @Nullable RunRecord runningProcess() {
        return process != null && process.isAlive() ? entry : null;
    }

    private synchronized Process running() {
        return requireNonNull(process);
    }

    private synchronized @Nullable RunRecord currentEntry() {
        return entry;
    }

    private synchronized void write(RunRecord changed) {
        entry = changed;
        try {
            runFiles.write(changed);
        } catch (UncheckedIOException e) {
            progress.say(spec.name() + ": " + e.getMessage()); // The process runs on; its file is only out of date.
        }
    }

    private synchronized void writeUnlessChanged(RunRecord seen, RunRecord changed) {
        if (seen.equals(entry)) {
            write(changed);
        }
    }
}
