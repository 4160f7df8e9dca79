package io.drawdown.sandbox.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What one customer of a data set does, as lines of a script whose clock is {@code $clock}. */
final class CustomerLife {

    private static final int NEVER = Integer.MAX_VALUE;

    private final int place;
    private final SplittableRandom chance;
    private final String price;
    private final int declinesFrom;
    private final int paysAgainFrom;
    private final int leavesAt;

    /**
     * Decides on everything that is a matter of chance.
     *
     * @param steps how often the clock will advance
     */
    CustomerLife(int place, SplittableRandom chance, Catalog catalog, int steps) {
        this.place = place;
        this.chance = chance;
        price = catalog.chosenBy(chance);
        declinesFrom = chance.nextInt(10) == 0 ? chance.nextInt(1, steps + 1) : NEVER;
        paysAgainFrom = declinesFrom != NEVER && chance.nextBoolean() ? declinesFrom + 1 : NEVER;
        leavesAt = chance.nextInt(12) == 0 ? chance.nextInt(1, steps + 1) : NEVER;
    }

    /** How it begins: a customer, a card, a subscription. */
    List<String> begin() {
        var company = Company.of(chance, place);
        var lines = new ArrayList<String>();
        lines.add("c" + place + " = POST /v1/customers test_clock=$clock name=\"" + company.name() + "\" email="
                + company.email() + " address[country]=" + company.country() + card(goodCard()));
        lines.add("s" + place + " = POST /v1/subscriptions customer=$c" + place + " items[0][price]=" + price
                + " items[0][quantity]=" + chance.nextInt(1, 6)
                + (chance.nextInt(5) == 0 ? " trial_period_days=14" : ""));
        return lines;
    }

    /** What it does before the clock advances for the so-manieth time, from 0. */
    List<String> before(int step) {
        var lines = new ArrayList<String>();
        if (step == declinesFrom) {
            lines.addAll(paysWith("pm_card_chargeCustomerFail"));
        }
        if (step == paysAgainFrom) {
            lines.addAll(paysWith(goodCard()));
        }
        if (step == leavesAt && declinesFrom == NEVER) {
            lines.add("POST /v1/subscriptions/$s" + place + " cancel_at_period_end=true");
        }
        if (chance.nextInt(8) == 0 && leavesAt == NEVER && declinesFrom == NEVER) {
            lines.add("POST /v1/invoiceitems customer=$c" + place + " amount=" + chance.nextInt(500, 20_000)
                    + " currency=usd description=Consulting");
        }
        return lines;
    }

    private List<String> paysWith(String card) {
        return List.of(
                "m" + place + " = POST /v1/payment_methods/" + card + "/attach customer=$c" + place,
                "POST /v1/customers/$c" + place + " invoice_settings[default_payment_method]=$m" + place);
    }

    private static String card(String token) {
        return " payment_method=" + token + " invoice_settings[default_payment_method]=" + token;
    }

    private String goodCard() {
        return switch (chance.nextInt(5)) {
            case 0 -> "pm_card_mastercard";
            case 1 -> "pm_card_amex";
            default -> "pm_card_visa";
        };
    }
}
