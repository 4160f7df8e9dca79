package io.drawdown.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.billing.StripeEvent;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class WebhookIT extends SyncPlatform {

    final String event = unique("evt");
    final String body = eventBody(event, false);

    @Autowired
    JdbcClient jdbc;

    @Test
    void journalsASignedEventByteForByteBeforeItSaysYes() {
        deliver(body, sign(body, WEBHOOK_SECRET)).expectStatus().isOk();

        var journaled =
                published.await(StripeEvent.class, each -> each.getEventId().equals(event));
        assertThat(new String(journaled.getBody().array(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(body);
        assertThat(journaled.getObjectId()).isEqualTo("cus_of_" + event);
    }

    @Test
    void acceptsEverySecretThatIsInUse() {
        deliver(body, sign(body, ROLLED_SECRET)).expectStatus().isOk();
    }

    @Test
    void refusesWhatStripeDidNotSign() {
        refused(deliver(body, sign(body, "whsec_of_somebody_else")), "bad-signature");
        refused(deliver(body + " ", sign(body, WEBHOOK_SECRET)), "bad-signature");
        refused(deliver(body, "t=1,v1=00"), "bad-signature");
        refused(deliver(body, sign(body, WEBHOOK_SECRET, clock.instant().getEpochSecond() - 301)), "bad-signature");
        refused(http().post().uri("/v1/webhooks/stripe").bodyValue(body).exchange(), "bad-signature");
        assertThat(published.all(StripeEvent.class, each -> each.getEventId().equals(event)))
                .isEmpty();
    }

    @Test
    void refusesRealMoneyInATestEnvironment() {
        var live = eventBody(event, true);

        refused(deliver(live, sign(live, WEBHOOK_SECRET)), "wrong-mode");
    }

    @Test
    void refusesASignedBodyThatIsNoEvent() {
        refused(deliver("{}", sign("{}", WEBHOOK_SECRET)), "unreadable-event");
    }

    @Test
    void takesAnEventOnceHoweverOftenItIsDelivered() {
        for (var time = 0; time < 10; time++) {
            deliver(body, sign(body, WEBHOOK_SECRET)).expectStatus().isOk();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> published
                                        .all(
                                                StripeEvent.class,
                                                each -> each.getEventId().equals(event))
                                        .size()
                                == 10
                        && taken() == 1);
    }

    @Test
    void recordsAThinEventThatNothingDependsOn() {
        var thin = """
                {"id":"%s","object":"v2.core.event","type":"v1.billing.meter.no_meter_found","livemode":false,
                 "created":"2026-11-02T10:00:00.000Z"}""".formatted(event);

        deliver(thin, sign(thin, WEBHOOK_SECRET)).expectStatus().isOk();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> taken() == 1);
    }

    private long taken() {
        return jdbc.sql("select count(*) from stripe_event where event_id = ?")
                .params(event)
                .query(Long.class)
                .single();
    }

    private ResponseSpec deliver(String content, String signature) {
        return http().post()
                .uri("/v1/webhooks/stripe")
                .header("Stripe-Signature", signature)
                .bodyValue(content)
                .exchange();
    }

    private static void refused(ResponseSpec answer, String problem) {
        answer.expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .value(type -> assertThat(String.valueOf(type)).endsWith(problem));
    }

    private String sign(String content, String secret) {
        return sign(content, secret, clock.instant().getEpochSecond());
    }

    private static String sign(String content, String secret, long at) {
        try {
            return Webhook.Signature.generateSignatureHeader(content, secret, at);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String eventBody(String id, boolean livemode) {
        return """
                {"id":"%s","object":"event","type":"customer.updated","created":1,"livemode":%s,
                 "data":{"object":{"id":"cus_of_%s","object":"customer"}}}""".formatted(id, livemode, id);
    }
}
