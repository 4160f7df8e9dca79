package io.drawdown.billing.webhook;

import io.drawdown.billing.settings.StripeProperties;
import io.drawdown.support.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where Stripe delivers. Nobody has a key for it; the signature over the raw bytes is the key. */
@RestController
class WebhookController {

    private final SignatureCheck signatures;
    private final Journal journal;
    private final StripeProperties properties;

    WebhookController(SignatureCheck signatures, Journal journal, StripeProperties properties) {
        this.signatures = signatures;
        this.journal = journal;
        this.properties = properties;
    }

    @Operation(
            summary = "Takes a webhook of Stripe's",
            description = "Answers 200 once the event is stored for good; any other answer asks for it again.")
    @PostMapping("/v1/webhooks/stripe")
    void receive(
            @RequestBody byte[] body,
            @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature) {
        if (signature == null || !signatures.holds(body, signature)) {
            throw refusal(
                    "bad-signature",
                    "The Stripe-Signature header does not fit the body or is too old; check the endpoint's signing"
                            + " secret and this machine's clock.");
        }
        var envelope = Envelope.parse(body)
                .orElseThrow(() -> refusal("unreadable-event", "The body is no event of Stripe's."));
        requireMode(envelope);
        journal.write(envelope, body);
    }

    private void requireMode(Envelope envelope) {
        if (envelope.livemode() != properties.livemode()) {
            throw refusal(
                    "wrong-mode",
                    "The event says livemode=" + envelope.livemode() + " and this environment is livemode="
                            + properties.livemode() + "; point the webhook endpoint of the other mode elsewhere.");
        }
    }

    private static ProblemException refusal(String type, String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, type, detail);
    }
}
