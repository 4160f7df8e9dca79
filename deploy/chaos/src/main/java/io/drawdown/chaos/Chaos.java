package io.drawdown.chaos;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code deploy/drawdown chaos}. */
@Command(
        name = "drawdown chaos",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Breaks a platform of its own on purpose and checks what must always hold.",
        subcommands = LedgerChaos.class)
public final class Chaos {

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Chaos());
        commandLine.setExecutionExceptionHandler((failure, command, _) -> {
            failure.printStackTrace(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        System.exit(commandLine.execute(arguments));
    }
}
