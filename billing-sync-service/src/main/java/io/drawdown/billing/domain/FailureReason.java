package io.drawdown.billing.domain;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a replenishment ended without payment. */
public enum FailureReason {
    DECLINED,
    REQUIRES_ACTION,
    NO_PAYMENT_METHOD,
    NO_CUSTOMER,
    REJECTED;

    private static final Set<String> ASKING_FOR_THE_CUSTOMER =
            Set.of("authentication_required", "authentication_not_handled", "invoice_payment_intent_requires_action");

    /** Sorts a decline: one that the customer could lift by authenticating is not a refusal of the bank. */
    public static FailureReason ofDecline(@Nullable String code, @Nullable String declineCode) {
        var asks = asksForTheCustomer(code) || asksForTheCustomer(declineCode);
        return asks ? REQUIRES_ACTION : DECLINED;
    }

    private static boolean asksForTheCustomer(@Nullable String code) {
        return code != null && ASKING_FOR_THE_CUSTOMER.contains(code);
    }

    /** As other services read it: lower case with hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
