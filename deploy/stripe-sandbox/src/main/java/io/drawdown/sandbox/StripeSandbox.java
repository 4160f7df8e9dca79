package io.drawdown.sandbox;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.browser.AuthenticationPage;
import io.drawdown.sandbox.browser.AuthorizePage;
import io.drawdown.sandbox.clock.ClockAdvance;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Retention;
import io.drawdown.sandbox.engine.Timekeeper;
import io.drawdown.sandbox.http.HttpFront;
import io.drawdown.sandbox.http.Paths;
import io.drawdown.sandbox.http.Site;
import io.drawdown.sandbox.http.WebServer;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.limits.RateLimits;
import io.drawdown.sandbox.meter.MeterProcessing;
import io.drawdown.sandbox.meter.MeterSessions;
import io.drawdown.sandbox.page.PageSite;
import io.drawdown.sandbox.seed.Api;
import io.drawdown.sandbox.seed.LocalApi;
import io.drawdown.sandbox.seed.Script;
import io.drawdown.sandbox.seed.Seeding;
import io.drawdown.sandbox.store.Store;
import io.drawdown.sandbox.trouble.PaymentControl;
import io.drawdown.sandbox.trouble.SkewedClock;
import io.drawdown.sandbox.trouble.TroubleControl;
import io.drawdown.sandbox.trouble.Troubles;
import io.drawdown.sandbox.v2.ThinEvents;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.EventDestinations;
import io.drawdown.sandbox.webhook.WebhookControl;
import io.drawdown.sandbox.webhook.WebhookEndpoints;
import io.drawdown.sandbox.webhook.WebhookTroubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

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
    private static final int ADVANCE_MILLIS = 10;
    private static final int METERING_MILLIS = 100;
    private static final int RETENTION_MILLIS = 3_600_000;

    private final Store store;
    private final Deliveries deliveries;
    private final Engine engine;
    private final Troubles troubles = new Troubles();
    private final TroubleControl control;
    private final List<WebServer> servers = new ArrayList<>();
    private final SandboxOptions options;
    private final Wiring wiring;
    private final SkewedClock clock;
    private final Timekeeper timekeeper = new Timekeeper();
    private final Witnessed witnessed = Witnessed.found();

    private StripeSandbox(SandboxOptions options) {
        this.options = options;
        clock = new SkewedClock(options.clock());
        var api = ApiDescription.load();
        var webhookTroubles = new WebhookTroubles();
        store = new Store(Wiring.kinds(), options.data(), options.durable());
        deliveries = new Deliveries(
                store,
                InstantSource.system(),
                options.webhookTimeScale(),
                options.settings().webhooks(),
                webhookTroubles);
        var events = new EventLog(api.apiVersion(), witnessed.of(deliveries));
        wiring = new Wiring(api, options.settings(), this::baseUrl);
        engine = new Engine(
                store,
                wiring.routes(),
                Wiring.expansion(api),
                new Template(api),
                events,
                Wiring.clocks(),
                wiring.reactions(),
                options.settings().idempotency(),
                options.settings().billing(),
                clock);
        control = new TroubleControl(
                troubles, new WebhookControl(store, InstantSource.system(), webhookTroubles, deliveries), clock);
        new PaymentControl(engine, wiring.disputing(), wiring.authentications())
                .operations()
                .forEach((operation, what) -> control.on(operation, (_, json) -> what.apply(json)));
        var agenda = wiring.agenda();
        control.on("GET /_sandbox/failing", (_, _) -> failing(agenda));
        timekeeper.every(DUE_MILLIS, () -> engine.runDue(agenda));
        timekeeper.every(ADVANCE_MILLIS, new ClockAdvance(engine, agenda));
        var metering = new MeterProcessing(options.settings().meters(), InstantSource.system());
        timekeeper.every(
                METERING_MILLIS,
                () -> engine.accounts().forEach(account -> metering.run(step -> engine.itself(account, step))));
        timekeeper.every(RETENTION_MILLIS, this::forget);
    }

    private ObjectNode failing(Agenda agenda) {
        var state = Json.object();
        state.putArray("failing").addAll(engine.failing(agenda));
        return state;
    }

    private void forget() {
        engine.everywhere(Retention::apply);
        engine.everywhere(ThinEvents::forget);
    }

    private void open() throws IOException {
        var api = new LocalApi(engine, control);
        listen(options.port(), witnessed.of(api()));
        if (options.pagePort() != null) {
            listen(options.pagePort(), new PageSite(api, options.host()));
        }
        begin(api);
        servers.forEach(WebServer::start);
    }

    private Site api() {
        var sessions = new MeterSessions(clock);
        var front = new HttpFront(
                options.apiKeys(),
                options.restrictedKeys(),
                sessions,
                new RateLimits(options.settings().rates(), System::nanoTime),
                engine,
                troubles,
                control);
        var authentication = new AuthenticationPage(engine, wiring.authentications());
        var authorize = new AuthorizePage(engine);
        return new Paths(
                Map.of(AuthenticationPage.PREFIX, authentication::answer, AuthorizePage.PATH, authorize::answer),
                front);
    }

    private void listen(int port, Site site) throws IOException {
        servers.add(new WebServer(new InetSocketAddress(options.host(), port), site));
    }

    private void begin(Api api) {
        var seeding = options.seed() == null ? null : Seeding.of(options.seed(), store);
        options.webhooks().forEach((url, secret) -> engine.itself(tx -> WebhookEndpoints.ensure(tx, url, secret)));
        options.thinWebhooks().forEach((url, secret) -> engine.itself(tx -> EventDestinations.ensure(tx, url, secret)));
        forget();
        deliveries.resume();
        if (seeding != null) {
            seeding.apply(api);
        }
        Script.parse(options.troubles()).run(api);
    }

    /**
     * Starts a sandbox; it answers when this returns.
     *
     * @throws UncheckedIOException when the address or the data folder cannot be had
     * @throws IllegalArgumentException when the seed or a trouble cannot be understood
     * @throws IllegalStateException when a call of the seed fails; the data folder is to be emptied then
     */
    public static StripeSandbox start(SandboxOptions options) {
        var sandbox = new StripeSandbox(options);
        try {
            sandbox.open();
            return sandbox;
        } catch (IOException e) {
            sandbox.close();
            throw new UncheckedIOException(
                    "The sandbox cannot listen on " + options.host() + ":" + options.port() + ": is the port taken?",
                    e);
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /** For {@code setApiBase}: {@code http://127.0.0.1:7110}. */
    public String baseUrl() {
        return url(servers.getFirst());
    }

    /** Where the page is, when there is one. */
    public Optional<String> pageUrl() {
        return servers.stream().skip(1).findFirst().map(this::url);
    }

    private String url(WebServer server) {
        return "http://" + options.host() + ":" + server.port();
    }

    /** Stops answering, then delivering, then closes the journal. What is undelivered waits for the next start. */
    @Override
    public void close() {
        servers.forEach(WebServer::close);
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
        var command = new CommandLine(new SandboxCommand()).setExecutionExceptionHandler(StripeSandbox::tell);
        int status = command.execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(failure.getMessage());
        return 1;
    }
}
