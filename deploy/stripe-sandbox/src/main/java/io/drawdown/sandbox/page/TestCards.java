package io.drawdown.sandbox.page;

import java.util.LinkedHashMap;
import java.util.Map;

/** The cards that can be given to a customer by hand. */
final class TestCards {

    private static final Map<String, String> CARDS = new LinkedHashMap<>();

    static {
        CARDS.put("pm_card_visa", "Visa, pays");
        CARDS.put("pm_card_mastercard", "Mastercard, pays");
        CARDS.put("pm_card_chargeCustomerFail", "declines when charged");
        CARDS.put("pm_card_authenticationRequired", "asks for authentication");
    }

    private TestCards() {}

    static Html choice() {
        return Html.of(
                "<select name=\"card\" aria-label=\"Card\">{}</select>",
                CARDS.entrySet().stream()
                        .map(card -> Html.of("<option value=\"{}\">{}</option>", card.getKey(), card.getValue()))
                        .collect(Html.joining()));
    }
}
