package io.drawdown.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the benchmarks; they answer {@code --help} themselves. */
@Command(name = "bench", description = "Measures the running platform; see drawdown bench --help.")
final class BenchCommand implements Callable<Integer> {

    @Unmatched
    final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Program.run("deploy/bench", List.of("-Xmx1g"), arguments);
    }
}
