package io.drawdown.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the demonstration; it answers {@code --help} itself. */
@Command(name = "demo", description = "Shows the whole loop on the running platform; see drawdown demo --help.")
final class DemoCommand implements Callable<Integer> {

    @Unmatched
    List<String> arguments = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Program.run("deploy/demo", List.of("-Xmx256m", "-XX:+UseSerialGC"), arguments);
    }
}
