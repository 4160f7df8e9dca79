package io.drawdown.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.stripe.StripeClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.billing.arrears.BillingMeter;
import io.drawdown.billing.arrears.MeterGateway.Outgoing;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.StripeProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something between Stripe and the SDK that answers in Stripe's place, or spoils Stripe's answer. */
class UnreadableAnswerTest {

    private static final String PAGE = "<html><body>Sorry.</body></html>";
    private static final BillingMeter METER = new BillingMeter("calls", "sum", "stripe_customer_id", "value", true);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private volatile int status;
    private volatile String body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "200, garbage",
                "200, `{\"id\":\"in_1\",\"object\":\"inv`",
                "200, `[]`",
                "200, ``",
                "200, " + PAGE,
                "302, ``",
                "400, " + PAGE,
                "400, ``",
                "400, garbage",
                "400, `{\"error\":\"bad request\"}`",
                "400, `{\"error\":{\"message\":\"bad request\"}}`",
                "400, `{\"message\":\"bad request\"}`",
                "402, " + PAGE,
                "404, " + PAGE,
                "413, " + PAGE,
                "500, ``"
            })
    void leavesOpenWhetherTheCallTookEffect(int answeredStatus, String answeredBody) {
        status = answeredStatus;
        body = answeredBody;

        assertThatThrownBy(this::sendUsage).isInstanceOf(StripeFailure.OutcomeUnknown.class);
        assertThat(asked).hasValue(1);
        assertThatThrownBy(this::pay).isInstanceOf(StripeFailure.OutcomeUnknown.class);
        assertThat(asked).hasValue(2);
        assertThatThrownBy(() -> charges().find("in_1"))
                .isInstanceOf(StripeFailure.OutcomeUnknown.class)
                .hasMessageNotContaining("Sorry");
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "429"})
    void isSureThatNothingWasDoneByWhatIsTurnedAwayFirst(int answered) {
        status = answered;
        body = PAGE;

        assertThatThrownBy(this::sendUsage).isInstanceOf(StripeFailure.Busy.class);
        assertThatThrownBy(this::pay).isInstanceOf(StripeFailure.Busy.class);
    }

    @Test
    void takesStripesOwnWordForARefusalOrADecline() {
        body = """
                {"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such invoice"}}""";
        status = 400;
        assertThatThrownBy(this::sendUsage).isInstanceOf(StripeFailure.Refused.class);
        status = 404;
        assertThat(charges().find("in_1")).isEmpty();

        body = """
                {"error":{"type":"card_error","code":"card_declined","decline_code":"stolen_card","message":"No."}}""";
        status = 402;
        assertThat(catchThrowable(this::pay))
                .isInstanceOfSatisfying(
                        StripeFailure.Declined.class,
                        declined -> assertThat(declined.reasonCode()).isEqualTo("stolen_card"));
    }

    private void sendUsage() {
        var meters = new StripeMeters(client(), calls(), new MeteredInvoices(client(), calls()), properties());
        meters.send(METER, new Outgoing("mev_1", "cus_1", BigDecimal.TEN, Instant.EPOCH));
    }

    private void pay() {
        var planned = Replenishment.requested(
                        "r-1", "w-1", "a-1", new Money(new BigDecimal("45.00"), "USD"), Instant.EPOCH)
                .planned("cus_1", ChargeLine.BARE_AMOUNT);
        charges().pay(planned, "in_1");
    }

    private StripeCharges charges() {
        return new StripeCharges(client(), calls());
    }

    private StripeCalls calls() {
        return new StripeCalls(new RequestBudget(1000, System::nanoTime));
    }

    private StripeClient client() {
        return new StripeConfiguration().stripeClient(properties());
    }

    private StripeProperties properties() {
        return new StripeProperties(
                "sk_test_1",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                List.of("whsec_1"),
                Duration.ofMinutes(5),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1000,
                1000);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
