package io.drawdown.sandbox;

import io.drawdown.sandbox.meter.MeterSettings;
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
 * @param meters how usage events are processed
 */
public record SandboxOptions(
        String host,
        int port,
        Set<String> apiKeys,
        @Nullable Path data,
        Map<String, String> webhooks,
        int webhookTimeScale,
        InstantSource clock,
        MeterSettings meters) {

    public SandboxOptions {
        apiKeys = Set.copyOf(apiKeys);
        webhooks = Map.copyOf(webhooks);
    }

    /** A free port of 127.0.0.1, every test-mode key, in memory, no webhook, real time. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                "127.0.0.1", 0, Set.of(), null, Map.of(), 1, InstantSource.system(), MeterSettings.DEFAULT);
    }

    public SandboxOptions withAddress(String newHost, int newPort) {
        return new SandboxOptions(newHost, newPort, apiKeys, data, webhooks, webhookTimeScale, clock, meters);
    }

    public SandboxOptions withApiKeys(Set<String> keys) {
        return new SandboxOptions(host, port, keys, data, webhooks, webhookTimeScale, clock, meters);
    }

    public SandboxOptions withData(@Nullable Path folder) {
        return new SandboxOptions(host, port, apiKeys, folder, webhooks, webhookTimeScale, clock, meters);
    }

    /** One more endpoint for all events. */
    public SandboxOptions withWebhook(String url, String secret) {
        var more = new LinkedHashMap<>(webhooks);
        more.put(url, secret);
        return new SandboxOptions(host, port, apiKeys, data, more, webhookTimeScale, clock, meters);
    }

    public SandboxOptions withWebhookTimeScale(int scale) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, scale, clock, meters);
    }

    public SandboxOptions withClock(InstantSource time) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, webhookTimeScale, time, meters);
    }

    public SandboxOptions withMeters(MeterSettings settings) {
        return new SandboxOptions(host, port, apiKeys, data, webhooks, webhookTimeScale, clock, settings);
    }
}
