package io.drawdown.sandbox.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stripe's scheme v1: HMAC-SHA256 over {@code <t>.<body>} with the whole secret as the key. */
final class Signature {

    private Signature() {}

    /** The value of the {@code Stripe-Signature} header, with a signature for each secret. */
    static String header(List<String> secrets, long timestamp, String body) {
        return secrets.stream()
                .map(secret -> ",v1=" + hmac(secret, timestamp + "." + body))
                .collect(Collectors.joining("", "t=" + timestamp, ""));
    }

    private static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
