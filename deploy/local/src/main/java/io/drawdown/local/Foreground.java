package io.drawdown.local;

import io.drawdown.local.platform.DiskSpace;
import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Platform;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.platform.Secrets;
import io.drawdown.local.process.Identity;
import io.drawdown.local.process.PortCheck;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.StopSignal;
import io.drawdown.local.supervisor.Backoff;
import io.drawdown.local.supervisor.Leftovers;
import io.drawdown.local.supervisor.OnlyOne;
import io.drawdown.local.supervisor.Progress;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import io.drawdown.local.supervisor.Seconds;
import io.drawdown.local.supervisor.StartOrder;
import io.drawdown.local.supervisor.State;
import io.drawdown.local.supervisor.Supervisor;
import io.drawdown.local.supervisor.Surroundings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The platform in this very process: it starts everything, stays, and takes everything with it when it goes. */
final class Foreground {

    private final Home home;
    private final Progress progress;
    private final Output output;
    private final RunFiles runFiles;
    private final Clock clock = Clock.systemUTC();

    Foreground(Home home, Progress progress, Output output) {
        this.home = home;
        this.progress = progress;
        this.output = output;
        this.runFiles = new RunFiles(home.run());
    }

    int run(Ports ports, boolean fresh, List<String> only) throws IOException, InterruptedException {
        home.create();
        try (var _ = OnlyOne.in(home.folder())) {
            cleanUp(fresh);
            DiskSpace.require(home);
            var platform = new Platform(home, ports, Secrets.of(home.secrets()));
            var processes = chosen(platform.processes(), only);
            PortCheck.requireFree(processes);
            tellOfSlowStarts(platform.withoutCache(processes));
            platform.environment().write(home.environment());
            keepRunning(processes);
            return 0;
        }
    }

    private void tellOfSlowStarts(List<String> services) {
        if (!services.isEmpty()) {
            progress.say("No AOT cache for this build of " + String.join(", ", services)
                    + ": deploy/drawdown train makes starts twice as fast.");
        }
    }

    private void cleanUp(boolean fresh) throws IOException, InterruptedException {
        var left = Leftovers.stop(runFiles);
        if (!left.isEmpty()) {
            progress.say("Stopped what an earlier run left behind: " + String.join(", ", left));
        }
        if (fresh) {
            home.empty();
            home.create();
        }
    }

    private static List<ProcessSpec> chosen(List<ProcessSpec> all, List<String> only) {
        return only.isEmpty() ? all : new StartOrder(all).closure(only);
    }

    private void keepRunning(List<ProcessSpec> processes) throws IOException, InterruptedException {
        var begun = clock.instant();
        var supervisor =
                new Supervisor(processes, new Surroundings(home.logs(), runFiles, progress, clock, Backoff.STANDARD));
        var end = new End(supervisor);
        Runtime.getRuntime().addShutdownHook(new Thread(end::come, "stop"));
        try {
            record(State.STARTING, begun);
            supervisor.start();
            record(State.READY, begun);
            progress.say("All ready after " + Seconds.of(Duration.between(begun, clock.instant())) + ".");
            output.show();
            supervisor.awaitStop();
        } finally {
            end.come();
        }
    }

    private void record(State state, Instant begun) {
        var self = Identity.of(ProcessHandle.current().pid()).orElseThrow();
        var log = home.log(RunFiles.SUPERVISOR).toString();
        runFiles.write(new RunRecord(
                RunFiles.SUPERVISOR,
                self.pid(),
                begun,
                self.started(),
                state,
                state == State.READY,
                0,
                0,
                -1,
                StopSignal.TERM,
                log,
                null));
    }

    /** Stops everything once, whether Ctrl-C, a signal or a failed start asks for it. */
    private final class End {
        private final Supervisor supervisor;
        private boolean come;

        private End(Supervisor supervisor) {
            this.supervisor = supervisor;
        }

        private synchronized void come() {
            if (come) {
                return;
            }
            come = true;
            var begun = clock.instant();
            progress.say("Stopping everything …");
            try {
                supervisor.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            runFiles.remove(RunFiles.SUPERVISOR);
            progress.say("Stopped after " + Seconds.of(Duration.between(begun, clock.instant())) + ".");
        }
    }
}
