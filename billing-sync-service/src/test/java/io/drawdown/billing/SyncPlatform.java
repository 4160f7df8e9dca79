package io.drawdown.billing;

import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.sandbox.SandboxOptions;
import io.drawdown.sandbox.StripeSandbox;
import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.support.test.FreePort;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.support.test.UsesPlatform;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole service on real servers, one for all integration tests; a test keeps to ids of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@UsesPlatform
@ActiveProfiles("test")
@Import({Published.class, NewerStripe.class})
public abstract class SyncPlatform {

    protected static final String WEBHOOK_SECRET = "whsec_of_the_tests";
    protected static final String ROLLED_SECRET = "whsec_still_in_use";

    private static final int PORT = FreePort.choose();
    private static final String WEBHOOK = "http://127.0.0.1:" + PORT + "/v1/webhooks/stripe";

    /** Faults of meter events show up late, as error reports: the harder way of the two. */
    private static final MeterSettings METERS =
            MeterSettings.DEFAULT.withValidationAtOnce(false).withValidationWindow(Duration.ofMillis(200));

    private static final StripeSandbox SANDBOX = StripeSandbox.start(SandboxOptions.defaults()
            .withWebhook(WEBHOOK, WEBHOOK_SECRET)
            .withThinWebhook(WEBHOOK, WEBHOOK_SECRET)
            .withMeters(METERS));

    protected static final StripeUser stripe = new StripeUser(SANDBOX.baseUrl());

    @Autowired
    protected Published published;

    @Autowired
    protected Clock clock;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("drawdown.stripe.api-base", SANDBOX::baseUrl);
        registry.add("drawdown.stripe.webhook-secret", () -> WEBHOOK_SECRET + "," + ROLLED_SECRET);
    }

    @AfterEach
    void endTroubles() {
        stripe.endTroubles();
    }

    protected WebTestClient as(String role) {
        return ServiceClient.at(PORT, role + "-key");
    }

    protected WebTestClient http() {
        return ServiceClient.at(PORT).build();
    }

    /** Publishes an account as crm-service would. */
    protected void publishAccount(String accountId, String name) {
        publishAccount(accountId, name, null, AccountStatus.ACTIVE);
    }

    /** Publishes an account as crm-service would that knows it by a customer in Stripe. */
    protected void publishAccount(
            String accountId, String name, @Nullable String stripeCustomerId, AccountStatus status) {
        var now = clock.instant();
        published.send(
                Topic.CRM_ACCOUNTS,
                accountId,
                Account.newBuilder()
                        .setAccountId(accountId)
                        .setName(name)
                        .setEmail(emailOf(accountId))
                        .setCurrency("USD")
                        .setStripeCustomerId(stripeCustomerId)
                        .setStatus(status)
                        .setCreatedAt(now)
                        .setUpdatedAt(now)
                        .build());
    }

    protected static String emailOf(String accountId) {
        return accountId + "@example.test";
    }

    protected static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }
}
