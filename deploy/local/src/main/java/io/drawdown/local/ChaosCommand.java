package io.drawdown.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Breaks a platform of its own on purpose; the program answers {@code --help} itself. */
@Command(
        name = "chaos",
        description = "Breaks a platform of its own and checks what must always hold; see drawdown chaos --help.")
final class ChaosCommand implements Callable<Integer> {

    @Unmatched
    final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Program.run("deploy/chaos", List.of("-Xmx512m", "-XX:+UseSerialGC"), arguments);
    }
}
