package io.drawdown.billing.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Stripe, and in which mode.
 *
 * @param apiKey secret or restricted key; its mode must agree with {@code livemode}
 * @param apiBase where the API is; anything but Stripe's own only in test mode
 * @param webhookSecret signing secrets of the endpoint; several while one is being rolled
 * @param webhookTolerance how old a signature may be
 * @param livemode whether this environment moves real money
 * @param connectTimeout for a connection
 * @param readTimeout for an answer
 * @param requestsPerSecond budget of this process; Stripe allows 25 in a sandbox and 100 in live mode, per account
 * @param meterEventsPerSecond budget of this process for meter events; Stripe allows 1000, apart from the others
 */
@ConfigurationProperties("drawdown.stripe")
public record StripeProperties(
        @DefaultValue("") String apiKey,
        @DefaultValue(STRIPE) URI apiBase,
        @DefaultValue List<String> webhookSecret,
        @DefaultValue("5m") Duration webhookTolerance,
        @DefaultValue("false") boolean livemode,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("20") int requestsPerSecond,
        @DefaultValue("200") int meterEventsPerSecond) {

    private static final String STRIPE = "https://api.stripe.com";

    public StripeProperties {
        webhookSecret = List.copyOf(webhookSecret);
        requireKeyOfMode(apiKey, livemode);
        require(
                !livemode || apiBase.equals(URI.create(STRIPE)),
                "drawdown.stripe.api-base is " + apiBase
                        + " in live mode; a live key is only ever sent to Stripe: remove the setting.");
        require(
                !webhookSecret.isEmpty() && webhookSecret.stream().noneMatch(String::isBlank),
                "drawdown.stripe.webhook-secret is empty; set the signing secret (whsec_…) of the webhook endpoint.");
        require(
                webhookTolerance.toSeconds() > 0,
                "drawdown.stripe.webhook-tolerance must be at least a second, or old signatures could be replayed;"
                        + " Stripe's own is 5m.");
        require(requestsPerSecond > 0, "drawdown.stripe.requests-per-second must be at least 1.");
        require(meterEventsPerSecond > 0, "drawdown.stripe.meter-events-per-second must be at least 1.");
    }

    private static void requireKeyOfMode(String apiKey, boolean livemode) {
        require(!apiKey.isBlank(), "drawdown.stripe.api-key is not set; set a secret or restricted key of Stripe's.");
        var wanted = livemode ? "live" : "test";
        require(
                apiKey.startsWith("sk_" + wanted + "_") || apiKey.startsWith("rk_" + wanted + "_"),
                "drawdown.stripe.api-key is no " + wanted + " key while drawdown.stripe.livemode=" + livemode
                        + "; use an sk_" + wanted + "_… or rk_" + wanted + "_… key, or correct the mode.");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "StripeProperties[apiBase=" + apiBase + ", livemode=" + livemode + "]";
    }
}
