package io.drawdown.sandbox;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;

/** stripe-java's own transport; every answer is held against the contract. */
final class CheckedHttpClient extends HttpURLConnectionClient {

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        var response = super.request(request);
        ContractCheck.answer(request.method().name(), request.url().getPath(), response.code(), response.body());
        return response;
    }
}
