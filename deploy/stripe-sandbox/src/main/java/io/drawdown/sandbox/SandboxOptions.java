package io.drawdown.sandbox;

import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is started. Begin with {@link #defaults()} and change what matters.
 *
 * @param host address to bind
 * @param port 0 for any free one
 * @param apiKeys keys accepted; empty accepts every key of test mode
 * @param data folder that keeps the state over restarts; null keeps it in memory
 * @param webhooks secret by URL: endpoints for all events that are there from the start
 * @param webhookTimeScale how many times faster than planned failed webhooks are tried again
 * @param clock the time that objects live in
 * @param settings what Stripe does not publish, by feature
 */
public record SandboxOptions(
        String host,
        int port,
        Set<String> apiKeys,
        @Nullable Path data,
        Map<String, String> webhooks,
        int webhookTimeScale,
        InstantSource clock,
        SandboxSettings settings) {

    public SandboxOptions {
        apiKeys = Set.copyOf(apiKeys);
        webhooks = Map.copyOf(webhooks);
    }

    /** A free port of 127.0.0.1, every test-mode key, in memory, no webhook, real time. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                "127.0.0.1", 0, Set.of(), null, Map.of(), 1, InstantSource.system(), SandboxSettings.DEFAULT);
    }

    public SandboxOptions withAddress(String newHost, int newPort) {
        return new SandboxOptions(newHost, newPort, apiKeys, data, webhooks, webhookTimeScale, clock, settings);
    }

    public SandboxOptions withApiKeys(Set<String> keys) {
        return new SandboxOptions(host, port, keys, data, webhooks, webhookTimeScale, clock, settings);
    }

    public SandboxOptions withData(@Nullable Path folder) {
        return new SandboxOptions(host, port, apiKeys, folder, webhooks, webhookTimeScale, clock, settings);
    }

    /** One more endpoint for all events. */
    public SandboxOptions withWebhook(String url, String secret) {
        var more = new LinkedHashMap<>(webhooks);
        more.put(url, secret);
        return new SandboxOptions(host, port, apiKeys, data, more, webhookTimeScale, clock, settings);
    }

    public SandboxOptions withWebhookTimeScale(int scale) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, scale, clock, settings);
    }

    public SandboxOptions withClock(InstantSource time) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, webhookTimeScale, time, settings);
    }

    public SandboxOptions withSettings(SandboxSettings changed) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, webhookTimeScale, clock, changed);
    }

    public SandboxOptions withMeters(MeterSettings meters) {
        return withSettings(settings.with(meters));
    }

    public SandboxOptions withPayments(PaymentSettings payments) {
        return withSettings(settings.with(payments));
    }
}
