package io.drawdown.sandbox;

import io.drawdown.sandbox.limits.RateSettings;
import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.search.SearchSettings;
import io.drawdown.sandbox.subscription.SubscriptionSettings;
import io.drawdown.sandbox.webhook.WebhookSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a sandbox is started; never changes. Begin with {@link #defaults()} and change what matters. */
public final class SandboxOptions {

    private String host = "127.0.0.1";
    private int port;
    private @Nullable Integer pagePort;
    private Set<String> apiKeys = Set.of();
    private Map<String, Set<String>> restrictedKeys = Map.of();
    private @Nullable Path data;
    private boolean durable;
    private Map<String, String> webhooks = Map.of();
    private Map<String, String> thinWebhooks = Map.of();
    private int webhookTimeScale = 1;
    private @Nullable Path seed;
    private List<String> troubles = List.of();
    private InstantSource clock = InstantSource.system();
    private SandboxSettings settings = SandboxSettings.DEFAULT;

    private SandboxOptions() {}

    /** A free port of 127.0.0.1, every test-mode key, in memory, no webhook, real time. */
    public static SandboxOptions defaults() {
        return new SandboxOptions();
    }

    private SandboxOptions with(Consumer<SandboxOptions> change) {
        var changed = new SandboxOptions();
        changed.host = host;
        changed.port = port;
        changed.pagePort = pagePort;
        changed.apiKeys = apiKeys;
        changed.restrictedKeys = restrictedKeys;
        changed.data = data;
        changed.durable = durable;
        changed.webhooks = webhooks;
        changed.thinWebhooks = thinWebhooks;
        changed.webhookTimeScale = webhookTimeScale;
        changed.seed = seed;
        changed.troubles = troubles;
        changed.clock = clock;
        changed.settings = settings;
        change.accept(changed);
        return changed;
    }

    /**
     * Where it listens.
     *
     * @param host address to bind
     * @param port 0 for any free one
     */
    public SandboxOptions withAddress(String host, int port) {
        return with(options -> {
            options.host = host;
            options.port = port;
        });
    }

    /** A port for the page in the browser, at the same address; 0 for any free one, null for no page. */
    public SandboxOptions withPagePort(@Nullable Integer port) {
        return with(options -> options.pagePort = port);
    }

    /** The keys accepted; none accepts every key of test mode. */
    public SandboxOptions withApiKeys(Set<String> keys) {
        return with(options -> options.apiKeys = Set.copyOf(keys));
    }

    /**
     * One more key that is accepted, for what it is permitted to do; anything else is a 403 that names what is missing.
     *
     * @param key begins with {@code rk_test_}
     * @param permissions named after collections, {@code rak_customer_read} or {@code rak_billing_meter_write}
     */
    public SandboxOptions withRestrictedKey(String key, Set<String> permissions) {
        if (!key.startsWith("rk_test_")) {
            throw new IllegalArgumentException("A restricted key begins with rk_test_");
        }
        var more = new LinkedHashMap<>(restrictedKeys);
        more.put(key, Set.copyOf(permissions));
        return with(options -> options.restrictedKeys = Map.copyOf(more));
    }

    /** The folder that keeps the state over restarts; null keeps it in memory. */
    public SandboxOptions withData(@Nullable Path folder) {
        return with(options -> options.data = folder);
    }

    /** Whether what was answered outlives a loss of power too; each change then waits for the disk. */
    public SandboxOptions withDurable(boolean flushed) {
        return with(options -> options.durable = flushed);
    }

    /** One more endpoint for all events that is there from the start. */
    public SandboxOptions withWebhook(String url, String secret) {
        var more = new LinkedHashMap<>(webhooks);
        more.put(url, secret);
        return with(options -> options.webhooks = Map.copyOf(more));
    }

    /** One more destination of all thin events that is there from the start. */
    public SandboxOptions withThinWebhook(String url, String secret) {
        var more = new LinkedHashMap<>(thinWebhooks);
        more.put(url, secret);
        return with(options -> options.thinWebhooks = Map.copyOf(more));
    }

    /** How many times faster than planned failed webhooks are tried again. */
    public SandboxOptions withWebhookTimeScale(int scale) {
        return with(options -> options.webhookTimeScale = scale);
    }

    /** Calls to begin with, when there is nothing in the data folder yet; null for none. */
    public SandboxOptions withSeed(@Nullable Path file) {
        return with(options -> options.seed = file);
    }

    /** Calls of the control that are made at each start, such as {@code POST /_sandbox/webhooks shuffle=true}. */
    public SandboxOptions withTroubles(List<String> calls) {
        return with(options -> options.troubles = List.copyOf(calls));
    }

    /** The time that objects live in. */
    public SandboxOptions withClock(InstantSource time) {
        return with(options -> options.clock = time);
    }

    /** What Stripe does not publish, by feature. */
    public SandboxOptions withSettings(SandboxSettings chosen) {
        return with(options -> options.settings = chosen);
    }

    /** How usage events are processed. */
    public SandboxOptions withMeters(MeterSettings meters) {
        return withSettings(settings.with(meters));
    }

    /** How many requests a second are too many. */
    public SandboxOptions withRates(RateSettings rates) {
        return withSettings(settings.with(rates));
    }

    /** When new objects can be found by search. */
    public SandboxOptions withSearch(SearchSettings search) {
        return withSettings(settings.with(search));
    }

    /** Fees, and how long it takes what happens later. */
    public SandboxOptions withPayments(PaymentSettings payments) {
        return withSettings(settings.with(payments));
    }

    public SandboxOptions withWebhookSettings(WebhookSettings changed) {
        return withSettings(settings.with(changed));
    }

    public SandboxOptions withSubscriptions(SubscriptionSettings subscriptions) {
        return withSettings(settings.with(subscriptions));
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    @Nullable
    Integer pagePort() {
        return pagePort;
    }

    @Nullable
    Path seed() {
        return seed;
    }

    List<String> troubles() {
        return troubles;
    }

    Set<String> apiKeys() {
        return apiKeys;
    }

    Map<String, Set<String>> restrictedKeys() {
        return restrictedKeys;
    }

    @Nullable
    Path data() {
        return data;
    }

    boolean durable() {
        return durable;
    }

    Map<String, String> webhooks() {
        return webhooks;
    }

    Map<String, String> thinWebhooks() {
        return thinWebhooks;
    }

    int webhookTimeScale() {
        return webhookTimeScale;
    }

    InstantSource clock() {
        return clock;
    }

    SandboxSettings settings() {
        return settings;
    }
}
