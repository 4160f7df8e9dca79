package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.platform.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the AOT caches from which services start faster. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description =
                "Makes services start about twice as fast: uses a platform of its own for a while, beside anything"
                        + " that runs, and keeps what each JVM has learned.",
        footer = {
            "",
            "It takes some four minutes and leaves an AOT cache of 130 to 150 MB for each of the five services in"
                    + " .drawdown/caches of the project. up, bench and chaos use it from then on, until the service is"
                    + " built with a change; then train again, which replaces it. To do without: rm -r .drawdown/caches."
        })
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--port-base",
            defaultValue = "7500",
            paramLabel = "PORT",
            description = "Where the ports of its platform are counted from (default: ${DEFAULT-VALUE}).")
    int portBase;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "How long everything is used at once (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var project = Home.fromSystem().project();
        var own = new Home(project, Files.createTempDirectory("drawdown-train-"));
        new TrainingRun(new Training(own, new Ports(portBase)), seconds, Console.of(System.out)).run();
        return 0;
    }
}
