package io.drawdown.bench;

import io.drawdown.bench.authorize.AuthorizeBench;
import io.drawdown.bench.gate.GateBench;
import io.drawdown.bench.ledger.GrowthBench;
import io.drawdown.bench.ledger.LedgerBench;
import io.drawdown.bench.ledger.RebuildBench;
import io.drawdown.bench.loop.LoopBench;
import io.drawdown.bench.sandbox.SandboxBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code deploy/drawdown bench}. */
@Command(
        name = "drawdown bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCHMARK",
        description = "Measures how fast Drawdown works, beside a naive rival and the limit of the machine.",
        footer = "A benchmark starts what it measures, beside anything that runs; for figures that mean something, let"
                + " nothing else run.",
        subcommands = {
            LedgerBench.class,
            GateBench.class,
            LoopBench.class,
            AuthorizeBench.class,
            GrowthBench.class,
            RebuildBench.class,
            SandboxBench.class
        })
public final class Bench {

    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Bench());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println(failure.getMessage());
            return 1;
        });
        System.exit(commandLine.execute(arguments));
    }
}
