package io.drawdown.sandbox.limits;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Counts the requests of each account and tells which are too many. Called by many threads at once. */
public final class RateLimits {

    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final Pattern INTENT = Pattern.compile("/v1/payment_intents/pi_\\w+");

    private final RateSettings settings;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Takes a clock that only moves forward, in nanoseconds. */
    public RateLimits(RateSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a request.
     *
     * @return why it is too many, as {@code Stripe-Rate-Limited-Reason} says it; empty when it is not
     */
    public Optional<String> exceeded(String account, String method, String path) {
        if (path.contains("/billing/meter_event")) {
            return isOver(account + " usage", settings.usage()) ? Optional.of("endpoint-rate") : Optional.empty();
        }
        var intent = INTENT.matcher(path);
        if (method.equals("POST")
                && intent.lookingAt()
                && isOver(account + " " + intent.group(), settings.intentUpdates(), HOUR)) {
            return Optional.of("resource-specific");
        }
        if (isOver(account, settings.all())) {
            return Optional.of("global-rate");
        }
        boolean searches = path.endsWith("/search");
        if (searches && isOver(account + " search", settings.search())) {
            return Optional.of("endpoint-rate");
        }
        return isOver(account + " " + method + " " + endpoint(path), settings.endpoint())
                ? Optional.of("endpoint-rate")
                : Optional.empty();
    }

    /** The path with a star for each id: what has an underscore and a digit or a capital letter after it. */
    private static String endpoint(String path) {
        return path.replaceAll("/[a-z]+(?:_[a-z]+)*_[^/]*[A-Z0-9][^/]*", "/*");
    }

    private boolean isOver(String what, int perSecond) {
        return isOver(what, perSecond, SECOND);
    }

    private boolean isOver(String what, int limit, long periodNanos) {
        long now = nanoTime.getAsLong();
        return limit > 0
                && !buckets.computeIfAbsent(what, _ -> new Bucket(limit, periodNanos, now))
                        .take(now);
    }
}
