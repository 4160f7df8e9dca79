package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.http.HttpFront;
import io.drawdown.sandbox.invoice.Advancement;
import io.drawdown.sandbox.invoice.Collection;
import io.drawdown.sandbox.invoice.Finalization;
import io.drawdown.sandbox.meter.MeterEvents;
import io.drawdown.sandbox.meter.MeterProcessing;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.trouble.TroubleControl;
import io.drawdown.sandbox.trouble.Troubles;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import io.drawdown.sandbox.webhook.WebhookTroubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * A running sandbox.
 *
 * <pre>{@code
 * try (var stripe = StripeSandbox.start(SandboxOptions.defaults())) {
 *     var client = StripeClient.builder().setApiKey("sk_test_x").setApiBase(stripe.baseUrl()).build();
 * }
 * }</pre>
 */
public final class StripeSandbox implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StripeSandbox.class.getName());

    private final Store store;
    private final Deliveries deliveries;
    private final HttpFront front;
    private final SandboxOptions options;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("invoice-timer").factory());

    private StripeSandbox(SandboxOptions options) throws IOException {
        this.options = options;
        var api = ApiDescription.load();
        var webhookTroubles = new WebhookTroubles();
        store = new Store(Wiring.kinds(), options.data());
        deliveries = new Deliveries(store, InstantSource.system(), options.webhookTimeScale(), webhookTroubles);
        var events = new EventLog(api.apiVersion(), deliveries);
        var finalization = new Finalization();
        var collection = new Collection(finalization);
        var engine = new Engine(
                store,
                Wiring.routes(api, finalization, collection, new MeterEvents(options.meters(), InstantSource.system())),
                Wiring.expansion(api),
                new Template(api),
                events,
                options.clock());
        options.webhooks().forEach((url, secret) -> engine.itself(tx -> WebhookEndpoints.ensure(tx, url, secret)));
        deliveries.resume();
        var advancement = new Advancement(finalization, collection);
        timer.scheduleWithFixedDelay(() -> advance(advancement, engine), 1, 1, TimeUnit.SECONDS);
        var metering = new MeterProcessing(InstantSource.system());
        timer.scheduleWithFixedDelay(() -> count(metering, engine), 100, 100, TimeUnit.MILLISECONDS);
        var troubles = new Troubles();
        front = new HttpFront(
                new InetSocketAddress(options.host(), options.port()),
                options.apiKeys(),
                api.apiVersion(),
                engine,
                troubles,
                new TroubleControl(troubles, webhookTroubles, deliveries));
        front.start();
    }

    /**
     * Starts a sandbox; it answers when this returns.
     *
     * @throws UncheckedIOException when the address or the data folder cannot be had
     */
    public static StripeSandbox start(SandboxOptions options) {
        try {
            return new StripeSandbox(options);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sandbox cannot listen on " + options.host() + ":" + options.port() + ": is the port taken?",
                    e);
        }
    }

    /** A fault is told and tried again a second later: an escaping exception would end the timer in silence. */
    private static void advance(Advancement advancement, Engine engine) {
        try {
            advancement.advance(engine);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Invoices that are due could not be moved on", fault);
        }
    }

    private static void count(MeterProcessing metering, Engine engine) {
        try {
            engine.itself(metering::run);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "Usage events that are due could not be counted", fault);
        }
    }

    /** For {@code setApiBase}: {@code http://127.0.0.1:7110}. */
    public String baseUrl() {
        return "http://" + options.host() + ":" + front.port();
    }

    /** Stops answering, then delivering, then closes the journal. What is undelivered waits for the next start. */
    @Override
    public void close() {
        front.close();
        timer.shutdownNow();
        deliveries.close();
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The journal could not be closed; what was answered is in it", e);
        }
    }

    /** The command: {@code --help} lists its options. */
    public static void main(String[] arguments) {
        int status = new CommandLine(new SandboxCommand()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }
}
