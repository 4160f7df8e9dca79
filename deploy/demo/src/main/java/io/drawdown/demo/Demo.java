package io.drawdown.demo;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.step.CatalogueFromStripe;
import io.drawdown.demo.step.EverydayUse;
import io.drawdown.demo.step.FirstPurchase;
import io.drawdown.demo.step.KilledInTheMiddle;
import io.drawdown.demo.step.LeadToAccount;
import io.drawdown.demo.step.RefusedUsage;
import io.drawdown.demo.step.ReportsAgree;
import io.drawdown.demo.step.Step;
import io.drawdown.demo.step.Story;
import io.drawdown.demo.step.ToppedUp;
import io.drawdown.demo.step.UsageDrawsDown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code deploy/drawdown demo}. */
@Command(
        name = "drawdown demo",
        mixinStandardHelpOptions = true,
        description =
                "Drives a running Drawdown from a lead to a topped-up wallet and checks each step at the far end.",
        footer = "The last step kills wallet-service with SIGKILL; the supervisor brings it back.")
public final class Demo implements Callable<Integer> {

    private static final List<Step> STEPS = List.of(
            new LeadToAccount(),
            new CatalogueFromStripe(),
            new FirstPurchase(),
            new UsageDrawsDown(),
            new ToppedUp(),
            new RefusedUsage(),
            new ReportsAgree());

    @Option(names = "--json", description = "Print one JSON object a line instead of text.")
    private boolean json;

    @Option(
            names = "--environment",
            paramLabel = "FILE",
            defaultValue = ".drawdown/environment.json",
            description = "What `up` wrote about the running environment (default: ${DEFAULT-VALUE}).")
    private Path environment = Path.of(".drawdown/environment.json");

    @Option(
            names = "--practise",
            hidden = true,
            paramLabel = "SECONDS",
            description = "Kill nothing; instead use everything at once for so long.")
    private int practiseSeconds;

    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Demo());
        commandLine.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println(failure.getMessage());
            return 1;
        });
        System.exit(commandLine.execute(arguments));
    }

    @Override
    public Integer call() {
        var log = json ? StepLog.json(System.out) : StepLog.text(System.out);
        try (var story = new Story(Environment.read(environment), environment)) {
            var failed = new Performance(log).of(steps(), story);
            return failed == 0 ? 0 : 1;
        }
    }

    private List<Step> steps() {
        var end = practiseSeconds > 0 ? new EverydayUse(Duration.ofSeconds(practiseSeconds)) : new KilledInTheMiddle();
        return Stream.concat(STEPS.stream(), Stream.of(end)).toList();
    }
}
