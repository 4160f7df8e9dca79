package io.drawdown.local;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.supervisor.Stopped;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code drawdown}. */
@Command(
        name = "drawdown",
        mixinStandardHelpOptions = true,
        versionProvider = Drawdown.Version.class,
        description =
                "Runs Drawdown on this machine: PostgreSQL, Kafka, a schema registry, a Stripe sandbox and the five"
                        + " services, each a process of its own.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Everything that is written goes to the folder .drawdown of the project, or to the one DRAWDOWN_HOME names;"
                    + " only what train makes is always in the project's.",
            "What is not built, or older than its sources, is built first; DRAWDOWN_NO_BUILD=1 runs what is there.",
            "",
            "Start with: deploy/drawdown up"
        })
public final class Drawdown {

    private static final int INTERRUPTED = 130;

    private Drawdown() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Drawdown()).setExecutionExceptionHandler((failure, command, parsed) -> {
            switch (failure) {
                case PlatformException refusal -> command.getErr().println(refusal.getMessage());
                case UncheckedIOException io -> command.getErr().println(io.getMessage());
                case Stopped stopped -> {
                    return INTERRUPTED;
                }
                default -> failure.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Drawdown.class.getPackage().getImplementationVersion();
            return new String[] {"drawdown " + (version == null ? "(not packaged)" : version)};
        }
    }
}
