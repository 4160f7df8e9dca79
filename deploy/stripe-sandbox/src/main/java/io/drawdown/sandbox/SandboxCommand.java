package io.drawdown.sandbox;

import io.drawdown.sandbox.limits.RateSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a sandbox and keeps it running until the process is told to end. */
@Command(
        name = "stripe-sandbox",
        mixinStandardHelpOptions = true,
        description = "A stateful stand-in for Stripe, for development and tests.",
        subcommands = GenerateCommand.class)
final class SandboxCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "7110",
            description = "Port; 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to bind. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = "--page-port",
            description = "Port of a page in the browser at the same address; 0 takes a free one. Without it there is"
                    + " no page.")
    private @Nullable Integer pagePort;

    @Option(
            names = "--api-key",
            description = "Key to accept; repeatable. Without it every sk_test_ and rk_test_ key is.")
    private Set<String> apiKeys = new LinkedHashSet<>();

    @Option(
            names = "--restricted-key",
            paramLabel = "KEY=PERMISSIONS",
            description = "Key that may do only so much, rk_test_x=rak_customer_read,rak_invoice_write; repeatable.")
    private Map<String, String> restrictedKeys = new LinkedHashMap<>();

    @Option(names = "--data", description = "Folder that keeps the state over restarts. Without it all is in memory.")
    private @Nullable Path data;

    @Option(
            names = "--durable",
            description = "With --data: flush each change to the disk before it is answered. Slower; survives a loss of"
                    + " power, not only of the process.")
    private boolean durable;

    @Option(
            names = "--webhook",
            paramLabel = "URL=SECRET",
            description = "Endpoint for all events, created with this whsec_ secret if it is not there; repeatable.")
    private Map<String, String> webhooks = new LinkedHashMap<>();

    @Option(
            names = "--thin-webhook",
            paramLabel = "URL=SECRET",
            description = "Event destination for all thin events, created with this whsec_ secret if it is not there;"
                    + " repeatable.")
    private Map<String, String> thinWebhooks = new LinkedHashMap<>();

    @Option(
            names = "--webhook-time-scale",
            defaultValue = "1",
            description = "Tries failed webhooks again so many times faster. Default: ${DEFAULT-VALUE}")
    private int webhookTimeScale;

    /** Stripe's rate limits by the name of what they hold for. */
    private enum Rates {
        off(RateSettings.OFF),
        sandbox(RateSettings.SANDBOX),
        live(RateSettings.LIVE);

        private final RateSettings settings;

        Rates(RateSettings settings) {
            this.settings = settings;
        }
    }

    @Option(
            names = "--rates",
            defaultValue = "off",
            description = "Rate limits: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Rates rates = Rates.off;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of what Stripe does not publish, meters.processingDelay=PT1S; repeatable. The README"
                            + " lists them.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description = "Calls to begin with, one a line, when the sandbox holds nothing yet.")
    private @Nullable Path seed;

    @Option(
            names = "--trouble",
            paramLabel = "'KIND=… …'",
            description = "What goes wrong with requests from the start, as /_sandbox/troubles takes it; repeatable.")
    private List<String> troubles = new ArrayList<>();

    @Option(
            names = "--webhook-trouble",
            paramLabel = "'shuffle=true …'",
            description = "What goes wrong with webhooks from the start, as /_sandbox/webhooks takes it.")
    private List<String> webhookTroubles = new ArrayList<>();

    @Override
    public Integer call() {
        var options = SandboxOptions.defaults()
                .withAddress(host, port)
                .withPagePort(pagePort)
                .withSeed(seed)
                .withTroubles(calls())
                .withApiKeys(apiKeys)
                .withData(data)
                .withDurable(durable)
                .withWebhookTimeScale(webhookTimeScale)
                .withSettings(NamedSettings.changed(SandboxSettings.DEFAULT.with(rates.settings), settings));
        for (var restricted : restrictedKeys.entrySet()) {
            options = options.withRestrictedKey(
                    restricted.getKey(), Set.of(restricted.getValue().split(",")));
        }
        for (var webhook : webhooks.entrySet()) {
            options = options.withWebhook(webhook.getKey(), webhook.getValue());
        }
        for (var webhook : thinWebhooks.entrySet()) {
            options = options.withThinWebhook(webhook.getKey(), webhook.getValue());
        }
        var sandbox = StripeSandbox.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop"));
        System.out.println("Stripe sandbox listens on " + sandbox.baseUrl());
        sandbox.pageUrl().ifPresent(url -> System.out.println("Its page is at " + url));
        return 0;
    }

    private List<String> calls() {
        return Stream.concat(
                        troubles.stream().map(trouble -> "POST /_sandbox/troubles " + trouble),
                        webhookTroubles.stream().map(trouble -> "POST /_sandbox/webhooks " + trouble))
                .toList();
    }
}
