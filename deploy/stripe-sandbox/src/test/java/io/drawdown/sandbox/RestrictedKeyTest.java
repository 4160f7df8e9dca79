package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrictedKeyTest extends Sandboxed {

    static final String RESTRICTED = "rk_test_few";

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withApiKeys(Set.of(KEY))
                .withRestrictedKey(RESTRICTED, Set.of("rak_customer_read", "rak_billing_meter_write"));
    }

    @Test
    void mayDoWhatItIsPermittedAndNothingElse() throws StripeException {
        var few = client(RESTRICTED, 0).v1();
        assertThat(few.customers().list().getData()).isEmpty();
        assertThatThrownBy(() -> few.customers()
                        .create(CustomerCreateParams.builder().setName("A").build()))
                .isInstanceOfSatisfying(
                        PermissionException.class,
                        refusal -> assertThat(refusal.getMessage()).contains("rak_customer_write", "rk_test_****"));
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/customers/cus_none, 404",
        "GET, /v1/billing/meters, 200",
        "POST, /v1/billing/meters, 400",
        "GET, /v1/billing/credit_grants, 403",
        "DELETE, /v1/customers/cus_none, 403",
        "GET, /v1/invoices, 403",
        "GET, /v2/core/events, 403",
        "GET, /v1, 404"
    })
    void isAskedForItsPermissionFirst(String method, String path, int status) {
        var answer = send(method, path, "", "Authorization", "Bearer " + RESTRICTED);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void isOneAmongTheKeysThatAreAccepted() {
        assertThat(send("GET", "/v1/customers", "", "Authorization", "Bearer rk_test_other")
                        .statusCode())
                .isEqualTo(401);
        assertThatThrownBy(() -> options().withRestrictedKey(KEY, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
