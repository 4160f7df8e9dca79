package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.supervisor.RunFiles;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows each process: state, id, restarts, uptime, memory, port, health.",
        footer = {"", "The exit code is 0 when all is ready, 1 when something is not, 3 when Drawdown is not running."})
final class StatusCommand implements Callable<Integer> {

    private static final int UNWELL = 1;
    private static final int NOT_RUNNING = 3;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    public Integer call() {
        var runFiles = new RunFiles(Home.fromSystem().run());
        var status = Status.of(runFiles, Clock.systemUTC().instant());
        System.out.println(json ? status.toJson() : status.toTable());
        if (!status.running()) {
            return NOT_RUNNING;
        }
        return status.isWell() ? 0 : UNWELL;
    }
}
