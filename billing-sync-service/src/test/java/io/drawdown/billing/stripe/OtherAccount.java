package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import io.drawdown.billing.replenishment.Charges;

/** Stripe as it is by the key of an account that is not ours. */
public final class OtherAccount {

    private OtherAccount() {}

    /** @param base where the API of the other account is */
    public static Charges chargesAt(String base) {
        var client = StripeClient.builder()
                .setApiKey("sk_test_of_another_account")
                .setApiBase(base)
                .build();
        return new StripeCharges(client, new StripeCalls(new RequestBudget(1000, System::nanoTime)));
    }
}
