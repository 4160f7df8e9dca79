package io.drawdown.local;

import io.drawdown.local.platform.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the demonstration; it answers {@code --help} itself. */
@Command(name = "demo", description = "Shows the whole loop on the running platform; see drawdown demo --help.")
final class DemoCommand implements Callable<Integer> {

    @Unmatched
    final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--environment"))) {
            arguments.addFirst("--environment=" + Home.fromSystem().environment());
        }
        return Program.run("deploy/demo", List.of("-Xmx256m", "-XX:+UseSerialGC"), arguments);
    }
}
