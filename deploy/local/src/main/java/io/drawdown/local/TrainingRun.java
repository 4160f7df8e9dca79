package io.drawdown.local;

import io.drawdown.local.platform.DiskSpace;
import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Training;
import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.PortCheck;
import io.drawdown.local.supervisor.Backoff;
import io.drawdown.local.supervisor.Progress;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.Seconds;
import io.drawdown.local.supervisor.Supervisor;
import io.drawdown.local.supervisor.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Starts a platform, has it used, stops it, and makes a cache of what each service has learned. */
final class TrainingRun {

    /** Making one keeps a processor busy. */
    private static final int AT_ONCE = 2;

    private static final long MEGABYTE = 1_000_000;

    private final Training training;
    private final Home home;
    private final int seconds;
    private final Progress progress;
    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant();

    TrainingRun(Training training, int seconds, Progress progress) {
        this.training = training;
        this.home = training.home();
        this.seconds = seconds;
        this.progress = progress;
    }

    /** Removes its folder when all has gone well; what has not can be looked into there. */
    void run() throws IOException, InterruptedException {
        home.create();
        say("data and logs of the training: " + home.folder());
        DiskSpace.requireForTraining(home);
        use();
        makeCaches();
        home.delete();
        say("done; deploy/drawdown up, demo, bench and chaos start from " + home.caches());
    }

    private void use() throws IOException, InterruptedException {
        var platform = training.platform();
        PortCheck.requireFree(platform.processes());
        platform.environment().write(home.environment());
        var runFiles = new RunFiles(home.run());
        var supervisor = new Supervisor(
                platform.processes(), new Surroundings(home.logs(), runFiles, progress, clock, Backoff.STANDARD));
        var stop = new Thread(() -> stop(supervisor), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            say("starting everything, as slowly as without caches");
            supervisor.start();
            say("using it: the demonstration, then everything at once for " + seconds + " s");
            practise();
            say("stopping it; each service writes down what it has learned");
        } finally {
            stop(supervisor);
        }
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    private static void stop(Supervisor supervisor) {
        try {
            supervisor.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void practise() throws IOException, InterruptedException {
        var arguments = List.of("--environment=" + home.environment(), "--practise=" + seconds);
        var status = Program.run("deploy/demo", List.of("-Xmx256m", "-XX:+UseSerialGC"), arguments);
        if (status != 0) {
            throw new PlatformException("The platform could not be used as it should be, so there is nothing to learn"
                    + " from. The logs of the services are in " + home.logs());
        }
    }

    private void makeCaches() throws InterruptedException {
        say("making a cache for each service, two at a time");
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var made = training.services().stream()
                    .map(service -> threads.submit(() -> makeCache(service)))
                    .toList();
            for (var cache : made) {
                cache.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private Void makeCache(String service) throws IOException, InterruptedException {
        var from = clock.instant();
        var cache = training.makeCache(service);
        say(service + ": " + Files.size(cache) / MEGABYTE + " MB, took "
                + Seconds.of(Duration.between(from, clock.instant())));
        return null;
    }

    private void say(String text) {
        progress.say("%7s  %s".formatted(Seconds.of(Duration.between(begun, clock.instant())), text));
    }
}
