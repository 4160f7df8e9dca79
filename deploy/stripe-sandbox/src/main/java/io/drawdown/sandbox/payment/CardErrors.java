package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The content of {@code error} and of {@code last_payment_error} after a card was refused. */
final class CardErrors {

    private CardErrors() {}

    static ObjectNode declined(CardOutcome.Declined declined) {
        return Json.object()
                .put("advice_code", adviceFor(declined))
                .put("code", declined.code())
                .put("decline_code", declined.declineCode())
                .put(
                        "doc_url",
                        "https://stripe.com/docs/error-codes/" + declined.code().replace('_', '-'))
                .put("message", declined.message())
                .put("type", "card_error");
    }

    private static String adviceFor(CardOutcome.Declined declined) {
        return switch (declined.declineCode()) {
            case "lost_card", "stolen_card" -> "do_not_try_again";
            case "expired_card", "incorrect_cvc" -> "confirm_card_data";
            default -> "try_again_later";
        };
    }

    static ObjectNode actionRequired() {
        return Json.object()
                .put("code", "invoice_payment_intent_requires_action")
                .put("decline_code", "authentication_required")
                .put("doc_url", "https://stripe.com/docs/error-codes/invoice-payment-intent-requires-action")
                .put(
                        "message",
                        "Payment for this invoice requires additional user action before it can be completed successfully.")
                .put("type", "card_error");
    }
}
