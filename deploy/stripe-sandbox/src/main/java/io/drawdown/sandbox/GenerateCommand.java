package io.drawdown.sandbox;

import io.drawdown.sandbox.seed.DataSet;
import io.drawdown.sandbox.seed.HttpApi;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills a sandbox that runs with customers and their past. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Fills a running sandbox with customers, subscriptions and their invoices, by test clocks.")
final class GenerateCommand implements Callable<Integer> {

    @Option(names = "--url", defaultValue = "http://127.0.0.1:7110", description = "Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:7110");

    @Option(names = "--api-key", defaultValue = "sk_test_generate", description = "Default: ${DEFAULT-VALUE}")
    private String apiKey = "sk_test_generate";

    @Option(names = "--customers", defaultValue = "100", description = "How many. Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(names = "--months", defaultValue = "12", description = "How much history. Default: ${DEFAULT-VALUE}")
    private int months;

    @Option(
            names = "--number",
            defaultValue = "1",
            description = "The same number makes the same customers. Default: ${DEFAULT-VALUE}")
    private long number;

    @Option(names = "--until", paramLabel = "INSTANT", description = "End of the history. Default: today, 00:00 UTC")
    private @Nullable Instant until;

    @Override
    public Integer call() {
        var end = until == null ? Instant.now().truncatedTo(ChronoUnit.DAYS) : until;
        new DataSet(customers, months, end, number).make(new HttpApi(url, apiKey), this::progress);
        System.err.println();
        return 0;
    }

    private void progress(int made) {
        System.err.print("\r" + made + " of " + customers + " customers with " + months + " months of invoices");
    }
}
