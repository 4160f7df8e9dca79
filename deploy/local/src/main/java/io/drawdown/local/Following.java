package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.process.PlatformException;
import io.drawdown.local.supervisor.Progress;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import io.drawdown.local.supervisor.State;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Watches a supervisor in another process until the platform is ready, repeating what it says. */
final class Following {

    private static final long POLL_MILLIS = 100;

    private final Home home;
    private final Progress progress;
    private final Output output;
    private final RunFiles runFiles;

    Following(Home home, Progress progress, Output output) {
        this.home = home;
        this.progress = progress;
        this.output = output;
        this.runFiles = new RunFiles(home.run());
    }

    /** Waits until the running platform is ready, if it is not yet, and shows how to reach it. */
    int alreadyRunning(boolean fresh) throws IOException, InterruptedException {
        if (fresh) {
            throw new PlatformException(
                    "Drawdown is running; --fresh would take the data from under it. First: deploy/drawdown down");
        }
        progress.say("Drawdown is running already.");
        var supervisor = runFiles.supervisor().flatMap(found -> found.process().handle());
        if (supervisor.isEmpty() || !untilReady(supervisor.get(), new LogTail(home.log(RunFiles.SUPERVISOR)))) {
            throw new PlatformException("It ended before it was ready; see " + home.log(RunFiles.SUPERVISOR));
        }
        return 0;
    }

    /** Repeats the log until all is ready, then shows how to reach it: true; false when the supervisor ended. */
    boolean untilReady(ProcessHandle supervisor, LogTail log) throws IOException, InterruptedException {
        while (!isReady(supervisor.pid())) {
            repeat(log);
            progress.waitingFor(starting());
            if (!supervisor.isAlive()) {
                progress.waitingFor(List.of());
                repeat(log);
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        progress.waitingFor(List.of());
        repeat(log);
        output.show();
        return true;
    }

    private boolean isReady(long pid) {
        return runFiles.supervisor()
                .filter(found -> found.pid() == pid && found.state() == State.READY)
                .isPresent();
    }

    private List<String> starting() {
        return runFiles.processes().stream()
                .filter(process -> process.state() == State.STARTING)
                .map(RunRecord::name)
                .sorted()
                .toList();
    }

    private void repeat(LogTail log) throws IOException {
        log.more().lines().forEach(progress::say);
    }
}
