package io.drawdown.sandbox;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.StripeObject;
import com.stripe.net.Webhook;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Every event body must be one that stripe-java takes from a webhook, with its object in it. */
final class EventCheck {

    private static final String SECRET = "whsec_check";

    private EventCheck() {}

    static List<String> faults(JsonNode event) {
        return event.path("object").asString().equals("event") ? snapshot(event) : ModelCheck.faults(event);
    }

    private static List<String> snapshot(JsonNode event) {
        var body = event.toString();
        try {
            var parsed = Webhook.constructEvent(body, signature(body), SECRET);
            var object = parsed.getDataObjectDeserializer().getObject();
            return object.isEmpty()
                    ? List.of("its object is not there for stripe-java")
                    : survives(event, parsed, object.get());
        } catch (SignatureVerificationException | RuntimeException e) {
            return List.of("stripe-java does not take it: " + e);
        }
    }

    private static List<String> survives(JsonNode event, Event parsed, StripeObject object) {
        var faults = new ArrayList<>(ModelCheck.faults(event, parsed));
        faults.addAll(ModelCheck.faults(event.path("data").path("object"), object));
        if (!parsed.getType().equals(event.path("type").asString())) {
            faults.add("its type becomes " + parsed.getType());
        }
        return faults;
    }

    private static String signature(String body) {
        long now = System.currentTimeMillis() / 1_000;
        try {
            return "t=" + now + ",v1=" + Webhook.Util.computeHmacSha256(SECRET, now + "." + body);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
