package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.supervisor.RunFiles;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the platform, or says that it runs. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts everything and keeps it running until Ctrl-C or drawdown down.",
        footer = {
            "",
            "Data survives to the next up. The exit code is 0 when all is ready (or was running already) and 1 when"
                    + " something could not be started; then nothing is left running."
        })
final class UpCommand implements Callable<Integer> {

    @Option(names = "--detach", description = "Return once all is ready, and leave it running.")
    boolean detach;

    @Option(names = "--json", description = "Print the addresses and keys as JSON; progress goes to standard error.")
    boolean json;

    @Option(names = "--fresh", description = "Begin with no data and with new keys.")
    boolean fresh;

    @Option(
            names = "--port-base",
            defaultValue = "" + Ports.DEFAULT_BASE,
            paramLabel = "PORT",
            description = "Where the ports are counted from (default: ${DEFAULT-VALUE}).")
    int portBase;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Start only these, with what they need, for instance postgres,kafka,registry.")
    List<String> only = List.of();

    @Option(
            names = "--background",
            hidden = true,
            description = "Set by up for the process that --detach leaves behind.")
    boolean background;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.fromSystem();
        var progress = background ? Console.withoutReminders(System.out) : Console.of(json ? System.err : System.out);
        var output = new Output(home, json, background);
        if (new RunFiles(home.run()).supervisor().isPresent()) {
            return new Following(home, progress, output).alreadyRunning(fresh);
        }
        if (detach) {
            return new Detached(home, new Following(home, progress, output)).run(options());
        }
        return new Foreground(home, progress, output).run(new Ports(portBase), fresh, only);
    }

    private List<String> options() {
        var options = new java.util.ArrayList<>(List.of("--port-base", Integer.toString(portBase)));
        if (fresh) {
            options.add("--fresh");
        }
        if (!only.isEmpty()) {
            options.addAll(List.of("--only", String.join(",", only)));
        }
        return options;
    }
}
