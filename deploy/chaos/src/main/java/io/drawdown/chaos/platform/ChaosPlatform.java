package io.drawdown.chaos.platform;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.agent.Effect;
import io.drawdown.demo.client.Environment;
import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Platform;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.platform.Secrets;
import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.PortCheck;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.supervisor.Backoff;
import io.drawdown.local.supervisor.Progress;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import io.drawdown.local.supervisor.State;
import io.drawdown.local.supervisor.Supervisor;
import io.drawdown.local.supervisor.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A platform of the run's own, and every way of breaking a process of it. What dies comes back by its supervisor. */
public final class ChaosPlatform implements AutoCloseable {

    /** At once: the waits of a supervisor are no part of what is tried here. */
    private static final Backoff AT_ONCE =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(1));

    private final Platform platform;
    private final Traps traps;
    private final RunFiles runFiles;
    private final Processes all;
    private final List<ProcessSpec> processes;
    private final Surroundings surroundings;
    private final Supervisor supervisor;
    private final List<Supervisor> late = new CopyOnWriteArrayList<>();
    private final Consumer<String> progress;
    private boolean closed;

    private ChaosPlatform(
            Platform platform, Traps traps, Processes all, List<ProcessSpec> processes, Consumer<String> progress) {
        this.platform = platform;
        this.progress = progress;
        this.traps = traps;
        this.runFiles = new RunFiles(platform.home().run());
        this.all = all;
        this.processes = processes;
        this.surroundings =
                new Surroundings(platform.home().logs(), runFiles, new Quiet(progress), Clock.systemUTC(), AT_ONCE);
        this.supervisor = new Supervisor(processes, surroundings);
    }

    /**
     * Starts it and returns when all is ready.
     *
     * @param home the project, and the folder for data and logs
     * @param agent the jar that is put into the services
     */
    public static ChaosPlatform start(Home home, int portBase, Path agent, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(home, portBase, agent, progress, Processes::all);
    }

    /**
     * Starts a part of it, for a minute or two.
     *
     * @param wanted the processes; what they wait for comes with them
     */
    public static ChaosPlatform startFor(
            Collection<String> wanted, Home home, int portBase, Path agent, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(home, portBase, agent, progress, processes -> processes.soonThere(wanted));
    }

    private static ChaosPlatform start(
            Home home,
            int portBase,
            Path agent,
            Consumer<String> progress,
            Function<Processes, List<ProcessSpec>> choice)
            throws IOException, InterruptedException {
        home.create();
        var platform = new Platform(home, new Ports(portBase), Secrets.of(home.secrets()));
        var traps = new Traps(home.folder().resolve("traps"));
        var all = new Processes(platform, agent, traps);
        var started = new ChaosPlatform(platform, traps, all, choice.apply(all), progress);
        PortCheck.requireFree(started.processes);
        tellOfSlowStarts(platform.withoutCache(started.processes), progress);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        started.supervisor.start();
        return started;
    }

    private static void tellOfSlowStarts(List<String> services, Consumer<String> progress) {
        if (!services.isEmpty()) {
            progress.accept("No AOT cache for this build of " + String.join(", ", services)
                    + ": after deploy/drawdown train they come back sooner, and more faults fit into a run");
        }
    }

    /**
     * Starts a process that is no part of what is used and broken, and returns when it is ready.
     *
     * @throws PlatformException when it does not start
     */
    public void startLate(String name) throws InterruptedException {
        var own = new Supervisor(List.of(all.late(name)), surroundings);
        late.add(own);
        own.start();
    }

    /** Where everything is; second instances stand beside the first under their own names. */
    public Environment environment() {
        var local = platform.environment();
        var urls = new HashMap<>(local.urls());
        for (var service : Service.values()) {
            urls.put(service.secondName(), "http://127.0.0.1:" + service.secondPort(platform.ports()));
        }
        return new Environment(urls, local.kafka(), local.apiKeys(), local.stripeApiKey());
    }

    /** Ends a process as SIGKILL does. */
    public void kill(String process) {
        running(process).process().handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Ends PostgreSQL without a checkpoint; its own children go with it. */
    public void crashPostgres() {
        Signal.QUIT.send(running("postgres").pid());
    }

    /** Stops a process where it is; it believes to have been running when it goes on. */
    public void pause(String process) {
        Signal.STOP.send(running(process).pid());
    }

    public void resume(String process) {
        Signal.CONT.send(running(process).pid());
    }

    /** @param pass the how-manieth time the point is reached; 1 is the next */
    public void arm(String process, CrashPoint point, int pass, Effect effect) {
        traps.arm(process, point, pass, effect);
    }

    public boolean isArmed(String process) {
        return traps.isArmed(process);
    }

    public void disarm(String process) {
        traps.disarm(process);
    }

    /** The process as it runs now. */
    public RunRecord running(String process) {
        return runFiles.read(process)
                .orElseThrow(() -> new IllegalStateException("No process " + process + " has been started"));
    }

    /** Whether all of these run and can serve. */
    public boolean areReady(Collection<String> names) {
        return names.stream()
                .map(this::running)
                .allMatch(process -> process.state() == State.READY && process.healthy() && process.isAlive());
    }

    /** Every process, in the order in which they start. */
    public List<String> names() {
        return processes.stream().map(ProcessSpec::name).toList();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        progress.accept("Stopping the platform");
        names().stream()
                .flatMap(name -> runFiles.read(name).stream())
                .forEach(process -> Signal.CONT.send(process.pid()));
        try {
            late.forEach(ChaosPlatform::stop);
        } finally {
            stop(supervisor);
        }
    }

    /** An interrupt ends the wait for one, and does not keep the others from being stopped. */
    private static void stop(Supervisor one) {
        try {
            one.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deaths are what the run is about: its own report tells of them. */
    private record Quiet(Consumer<String> progress) implements Progress {

        @Override
        public void say(String text) {
            if (text.contains(" ready, took ") || text.contains("could not")) {
                progress.accept(text.strip());
            }
        }

        @Override
        public void waitingFor(Collection<String> names) {}
    }
}
