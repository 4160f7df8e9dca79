package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.process.StopSignal;
import io.drawdown.local.process.Termination;
import io.drawdown.local.supervisor.Leftovers;
import io.drawdown.local.supervisor.OnlyOne;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops what {@code up} has started, also when the process that started it has been killed. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops everything that up has started, and only that. The data stays.")
final class DownCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.fromSystem();
        var runFiles = new RunFiles(home.run());
        var supervisor = runFiles.supervisor();
        if (supervisor.isPresent()) {
            stop(supervisor.get());
        }
        System.out.println(words(supervisor.isPresent(), stopLeftovers(home, runFiles)));
        return 0;
    }

    /** Under the supervisor's lock: what a new up has started meanwhile is not left behind. */
    private static List<String> stopLeftovers(Home home, RunFiles runFiles) throws IOException, InterruptedException {
        if (!Files.isDirectory(home.folder())) {
            return List.of();
        }
        try (var _ = OnlyOne.in(home.folder())) {
            return Leftovers.stop(runFiles);
        }
    }

    private static void stop(RunRecord supervisor) throws InterruptedException {
        System.out.println("Stopping Drawdown, process " + supervisor.pid() + " …");
        if (!Termination.end(supervisor.process(), StopSignal.TERM, LIMIT)) {
            System.out.println("It did not stop within " + LIMIT.toSeconds() + " s and was killed.");
        }
    }

    private static String words(boolean ran, List<String> left) {
        if (!left.isEmpty()) {
            return "Stopped what was left behind: " + String.join(", ", left) + ".";
        }
        return ran ? "Stopped." : "Drawdown is not running.";
    }
}
