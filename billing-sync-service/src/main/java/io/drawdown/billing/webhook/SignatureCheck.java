package io.drawdown.billing.webhook;

/** Whether a webhook comes from Stripe. */
public interface SignatureCheck {

    /**
     * Checks the signature over the body, byte for byte, against every secret in use.
     *
     * @param header the value of {@code Stripe-Signature}
     * @return false if no secret matches or the signature is too old
     */
    boolean holds(byte[] body, String header);
}
