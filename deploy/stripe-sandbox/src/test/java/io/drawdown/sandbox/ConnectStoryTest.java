package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.exception.oauth.InvalidClientException;
import com.stripe.exception.oauth.InvalidGrantException;
import com.stripe.model.Account;
import com.stripe.model.oauth.TokenResponse;
import com.stripe.net.OAuth;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.money.ProcessingFee;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConnectStoryTest extends Sandboxed {

    static final String LINK = "/oauth/authorize?response_type=code&client_id=ca_drawdown&scope=read_write&state=s-1"
            + "&redirect_uri=https%3A%2F%2Fplatform.test%2Fback";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withClock(now::get)
                .withPayments(new PaymentSettings(ProcessingFee.USUAL, Duration.ZERO));
    }

    TokenResponse token(String code) throws StripeException {
        return OAuth.token(Map.of("grant_type", "authorization_code", "code", code), platform());
    }

    String deauthorize(String account) throws StripeException {
        return OAuth.deauthorize(Map.of("client_id", "ca_drawdown", "stripe_user_id", account), platform())
                .getStripeUserId();
    }

    RequestOptions platform() {
        return RequestOptions.builder()
                .setApiKey(KEY)
                .setBaseUrl(sandbox.baseUrl())
                .build();
    }

    /** Where the browser goes after the merchant's answer. */
    String answer(String link, String answer) {
        var response = send("POST", link, "answer=" + answer);
        assertThat(response.statusCode()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    String code(String link) {
        return answer(link, "yes").replaceAll(".*code=([^&]+).*", "$1");
    }

    String connected() throws StripeException {
        return token(code(LINK)).getStripeUserId();
    }

    static RequestOptions as(String account) {
        return RequestOptions.builder().setStripeAccount(account).build();
    }

    @Test
    void connectsAnAccountActsForItAndLetsItGo() throws StripeException {
        assertThat(send("GET", LINK, "").body()).contains("Connect my account", "ca_drawdown");
        var way = answer(LINK, "yes");
        assertThat(way).startsWith("https://platform.test/back?code=ac_").endsWith("&scope=read_write&state=s-1");
        var account = connected();
        assertThat(stripe.v1().accounts().retrieveCurrent(as(account)).getId()).isEqualTo(account);
        assertThat(stripe.v1().accounts().list().getData())
                .extracting(Account::getId)
                .containsExactly(account);

        var theirs = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("Theirs").build(), as(account));
        var paid = stripe.v1()
                .paymentIntents()
                .create(
                        PaymentIntentCreateParams.builder()
                                .setAmount(900L)
                                .setCurrency("usd")
                                .setCustomer(theirs.getId())
                                .addPaymentMethodType("us_bank_account")
                                .setPaymentMethod("pm_usBankAccount_success")
                                .setConfirm(true)
                                .build(),
                        as(account));
        Awaitility.await()
                .until(() -> stripe.v1()
                        .paymentIntents()
                        .retrieve(paid.getId(), as(account))
                        .getStatus()
                        .equals("succeeded"));
        stripe.v1()
                .refunds()
                .create(
                        RefundCreateParams.builder()
                                .setPaymentIntent(paid.getId())
                                .build(),
                        as(account));
        assertThat(stripe.v1()
                        .events()
                        .list(EventListParams.builder().build(), as(account))
                        .getData())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getAccount()).isEqualTo(account));
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
        assertThat(stripe.v1().events().list().getData()).isEmpty();

        assertThat(deauthorize(account)).isEqualTo(account);
        assertThatThrownBy(() -> stripe.v1()
                        .customers()
                        .list(CustomerListParams.builder().build(), as(account)))
                .isInstanceOf(PermissionException.class);
        assertThatThrownBy(() -> deauthorize(account)).isInstanceOf(InvalidClientException.class);
    }

    @Test
    void keepsObjectsAndKeysOfAccountsApart() throws StripeException {
        var one = connected();
        var other = connected();
        var options = RequestOptions.builder().setIdempotencyKey("same");
        var params = CustomerCreateParams.builder().setName("A").build();
        var ofOne = stripe.v1()
                .customers()
                .create(params, options.setStripeAccount(one).build());
        var ofOther = stripe.v1()
                .customers()
                .create(params, options.setStripeAccount(other).build());
        assertThat(ofOne.getId()).isNotEqualTo(ofOther.getId());
        assertThat(send(
                                "GET",
                                "/v1/customers/" + ofOne.getId(),
                                "",
                                "Authorization",
                                "Bearer " + KEY,
                                "Stripe-Account",
                                other)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/v1/customers/" + ofOne.getId(), "").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/v1/customers", "", "Authorization", "Bearer " + KEY, "Stripe-Account", "acct_none")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsAConnectEndpointWhatHappensInConnectedAccounts() throws IOException, StripeException {
        Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            heard.add(JsonMapper.shared()
                    .readTree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            send("POST", "/v1/webhook_endpoints", "enabled_events[]=*&connect=true&url=" + url);
            var account = connected();
            stripe.v1().customers().create(CustomerCreateParams.builder().build());
            stripe.v1().customers().create(CustomerCreateParams.builder().build(), as(account));
            deauthorize(account);
            Awaitility.await().until(() -> heard.size() == 3);
            assertThat(heard)
                    .allSatisfy(event ->
                            assertThat(event.path("account").asString()).isEqualTo(account))
                    .extracting(event -> event.path("type").asString())
                    .containsExactlyInAnyOrder(
                            "account.application.authorized", "customer.created", "account.application.deauthorized");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void servesACodeOnceAndForFiveMinutes() throws StripeException {
        var used = code(LINK);
        token(used);
        assertThatThrownBy(() -> token(used)).isInstanceOf(InvalidGrantException.class);
        var late = code(LINK);
        now.set(now.get().plusSeconds(301));
        assertThatThrownBy(() -> token(late)).isInstanceOf(InvalidGrantException.class);
    }

    @Test
    void givesNewAccessForARefreshTokenOnce() {
        var first = json(send("POST", "/oauth/token", "grant_type=authorization_code&code=" + code(LINK)));
        var refresh = "grant_type=refresh_token&refresh_token="
                + first.path("refresh_token").asString();
        var second = json(send("POST", "/oauth/token", refresh));
        assertThat(second.path("stripe_user_id")).isEqualTo(first.path("stripe_user_id"));
        assertThat(send("POST", "/oauth/token", refresh).statusCode()).isEqualTo(400);
        var own = send(
                "GET",
                "/v1/account",
                "",
                "Authorization",
                "Bearer " + second.path("access_token").asString());
        assertThat(json(own).path("id")).isEqualTo(first.path("stripe_user_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=authorization_code,400,invalid_request",
        "code=ac_x,400,invalid_request",
        "grant_type=password&code=x,400,unsupported_grant_type",
        "grant_type=authorization_code&code=ac_none,400,invalid_grant",
    })
    void refusesInTheWordsOfOAuth(String form, int status, String error) {
        var answer = send("POST", "/oauth/token", form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asString()).isEqualTo(error);
        assertThat(json(answer).path("error_description").asString()).isNotBlank();
    }

    @Test
    void sendsBackWhatCannotBeGranted() {
        assertThat(answer(LINK, "no")).contains("error=access_denied", "state=s-1");
        var odd = send("GET", LINK.replace("response_type=code", "response_type=token"), "");
        assertThat(odd.headers().firstValue("Location").orElseThrow()).contains("error=unsupported_response_type");
        var scope = send("GET", LINK.replace("read_write", "everything"), "");
        assertThat(scope.headers().firstValue("Location").orElseThrow()).contains("error=invalid_scope");
        assertThat(send("GET", "/oauth/authorize?client_id=%3Cscript%3E", "").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/oauth/token", "grant_type=x", "X-Nothing", "x")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void takesNoPublishableKey() {
        var answer = send("GET", "/v1/customers", "", "Authorization", "Bearer pk_test_x");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(error(answer).path("code").asString()).isEqualTo("secret_key_required");
    }

    @Test
    void actsInTheContextThatIsNamed() throws StripeException {
        var account = connected();
        var named = new String[] {"Authorization", "Bearer " + KEY, "Stripe-Context", account};
        send("POST", "/v1/customers", "name=Theirs", named);
        assertThat(json(send("GET", "/v1/customers", "", named)).path("data").size())
                .isEqualTo(1);
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
        assertThat(send(
                                "GET",
                                "/v1/customers",
                                "",
                                "Authorization",
                                "Bearer " + KEY,
                                "Stripe-Context",
                                account,
                                "Stripe-Account",
                                "acct_other")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void reportsUsageThatCannotCountInTheAccountThatSentIt() throws StripeException {
        sandbox.close();
        sandbox = StripeSandbox.start(options()
                .withMeters(MeterSettings.DEFAULT
                        .withValidationAtOnce(false)
                        .withProcessingDelay(Duration.ZERO)
                        .withValidationWindow(Duration.ZERO)));
        stripe = client(0);
        var account = connected();
        var named = new String[] {"Authorization", "Bearer " + KEY, "Stripe-Context", account};
        send("POST", "/v1/billing/meter_events", "event_name=none&payload[value]=1", named);
        var event = Awaitility.await()
                .until(() -> json(send("GET", "/v2/core/events", "", named)).at("/data/0"), found -> found.has("type"));
        assertThat(event.path("type").asString()).isEqualTo("v1.billing.meter.no_meter_found");
        assertThat(event.path("context").asString()).isEqualTo(account);
        assertThat(json(send("GET", "/v2/core/events", "")).path("data").isEmpty())
                .isTrue();
    }
}
