package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.browser.AuthenticationPage;
import io.drawdown.sandbox.clock.ClockAdvance;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Retention;
import io.drawdown.sandbox.engine.Timekeeper;
import io.drawdown.sandbox.http.HttpFront;
import io.drawdown.sandbox.http.Paths;
import io.drawdown.sandbox.http.WebServer;
import io.drawdown.sandbox.meter.MeterProcessing;
import io.drawdown.sandbox.meter.MeterSessions;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.trouble.PaymentControl;
import io.drawdown.sandbox.trouble.TroubleControl;
import io.drawdown.sandbox.trouble.Troubles;
import io.drawdown.sandbox.v2.ThinEvents;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.WebhookControl;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import io.drawdown.sandbox.webhook.WebhookTroubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
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

    private static final int DUE_MILLIS = 200;
    private static final int ADVANCE_MILLIS = 50;
    private static final int METERING_MILLIS = 100;
    private static final int RETENTION_MILLIS = 3_600_000;

    private final Store store;
    private final Deliveries deliveries;
    private final WebServer server;
    private final SandboxOptions options;
    private final Timekeeper timekeeper = new Timekeeper();

    private StripeSandbox(SandboxOptions options) throws IOException {
        this.options = options;
        var api = ApiDescription.load();
        var webhookTroubles = new WebhookTroubles();
        store = new Store(Wiring.kinds(), options.data(), options.durable());
        deliveries = new Deliveries(store, InstantSource.system(), options.webhookTimeScale(), webhookTroubles);
        var events = new EventLog(api.apiVersion(), deliveries);
        var wiring = new Wiring(api, options.settings(), this::baseUrl);
        var engine = new Engine(
                store,
                wiring.routes(),
                Wiring.expansion(api),
                new Template(api),
                events,
                Wiring.clocks(),
                wiring.reactions(),
                options.settings().idempotency(),
                options.clock());
        options.webhooks().forEach((url, secret) -> engine.itself(tx -> WebhookEndpoints.ensure(tx, url, secret)));
        deliveries.resume();
        engine.itself(Retention::apply);
        timekeeper.every(RETENTION_MILLIS, () -> engine.itself(Retention::apply));
        timekeeper.every(RETENTION_MILLIS, () -> engine.itself(ThinEvents::forget));
        var agenda = wiring.agenda();
        timekeeper.every(DUE_MILLIS, () -> engine.runDue(agenda));
        timekeeper.every(ADVANCE_MILLIS, new ClockAdvance(engine, agenda));
        var metering = new MeterProcessing(options.settings().meters(), InstantSource.system());
        timekeeper.every(METERING_MILLIS, () -> engine.itself(metering::run));
        var troubles = new Troubles();
        var control = new TroubleControl(
                troubles,
                new WebhookControl(store, InstantSource.system(), webhookTroubles, deliveries),
                new PaymentControl(engine, wiring.disputing(), wiring.authentications()).operations());
        var authentication = new AuthenticationPage(engine, wiring.authentications());
        var front = new HttpFront(
                options.apiKeys(), new MeterSessions(options.clock()), api.apiVersion(), engine, troubles, control);
        server = new WebServer(
                new InetSocketAddress(options.host(), options.port()),
                new Paths(Map.of(AuthenticationPage.PREFIX, authentication::answer), front));
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

    /** For {@code setApiBase}: {@code http://127.0.0.1:7110}. */
    public String baseUrl() {
        return "http://" + options.host() + ":" + server.port();
    }

    /** Stops answering, then delivering, then closes the journal. What is undelivered waits for the next start. */
    @Override
    public void close() {
        server.close();
        timekeeper.close();
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
