package io.drawdown.billing.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.drawdown.billing.settings.StripeProperties;
import io.drawdown.billing.webhook.SignatureCheck;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** {@link SignatureCheck} by the SDK. */
@Component
class StripeSignature implements SignatureCheck {

    private final StripeProperties properties;
    private final Clock clock;

    StripeSignature(StripeProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public boolean holds(byte[] body, String header) {
        var payload = new String(body, StandardCharsets.UTF_8);
        return properties.webhookSecret().stream().anyMatch(secret -> matches(payload, header, secret));
    }

    private boolean matches(String payload, String header, String secret) {
        try {
            var tolerance = properties.webhookTolerance().toSeconds();
            return Webhook.Signature.verifyHeader(payload, header, secret, tolerance, clock);
        } catch (SignatureVerificationException e) {
            return false; // With several secrets in use, all but one are expected not to match.
        }
    }
}
