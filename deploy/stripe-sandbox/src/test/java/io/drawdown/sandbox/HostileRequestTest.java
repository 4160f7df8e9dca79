package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Schema;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation of the API with parameters that nobody means well with: an answer in Stripe's envelope, never a 500,
 * never silence. The seed is in the failure; {@code -Dhostile.seed} and {@code -Dhostile.rounds} run others and more.
 */
class HostileRequestTest extends Sandboxed {

    static final long SEED = Long.getLong("hostile.seed", 20260729);
    static final int ROUNDS = Integer.getInteger("hostile.rounds", 12);

    final Population population = new Population();
    final List<String> faults = new ArrayList<>();

    /** Each makes an object that later ones name: {@code {price}} is one that was made. */
    static final List<String> MEANT_WELL = """
            /v1/test_helpers/test_clocks frozen_time=1768478400
            /v1/customers name=A&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa&test_clock={test_clock}
            /v1/customers name=A&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa&address[country]=DE
            /v1/products name=P&default_price_data[currency]=usd&default_price_data[unit_amount]=5
            /v1/prices currency=usd&unit_amount=5&product={product}
            /v1/billing/meters display_name=M&event_name=m&default_aggregation[formula]=sum
            /v1/prices currency=usd&unit_amount_decimal=0.5&product={product}&recurring[interval]=month&recurring[usage_type]=metered&recurring[meter]={meter}
            /v1/prices currency=usd&unit_amount=900&product={product}&recurring[interval]=month
            /v1/prices currency=usd&product={product}&recurring[interval]=year&billing_scheme=tiered&tiers_mode=volume&tiers[0][up_to]=9&tiers[0][unit_amount]=5&tiers[1][up_to]=inf&tiers[1][flat_amount]=5
            /v1/coupons percent_off=50&duration=forever
            /v1/promotion_codes promotion[type]=coupon&promotion[coupon]={coupon}
            /v1/tax_rates display_name=V&percentage=20&inclusive=false
            /v1/billing/credit_grants customer={customer}&amount[type]=monetary&amount[monetary][currency]=usd&amount[monetary][value]=500&applicability_config[scope][price_type]=metered
            /v1/subscriptions customer={customer}&items[0][price_data][currency]=usd&items[0][price_data][product]={product}&items[0][price_data][unit_amount]=900&items[0][price_data][recurring][interval]=month&discounts[0][coupon]={coupon}
            /v1/subscriptions/{subscription} proration_behavior=always_invoice&items[0][id]={subscription_item}&items[0][quantity]=3
            /v1/subscription_schedules customer={customer}&start_date=now&phases[0][items][0][price_data][currency]=usd&phases[0][items][0][price_data][product]={product}&phases[0][items][0][price_data][unit_amount]=7&phases[0][items][0][price_data][recurring][interval]=month&phases[0][default_tax_rates][0]={tax_rate}
            /v1/invoices customer={customer}&auto_advance=true
            /v1/invoiceitems invoice={invoice}&price_data[currency]=usd&price_data[product]={product}&price_data[unit_amount_decimal]=4500.5&quantity=2
            /v1/invoices/{invoice}/add_lines lines[0][amount]=900&lines[0][description]=L
            /v1/invoices/{invoice}/finalize auto_advance=false
            /v1/invoices/{invoice}/pay payment_method=pm_card_visa
            /v1/credit_notes invoice={invoice}&lines[0][type]=custom_line_item&lines[0][description]=G&lines[0][quantity]=2&lines[0][unit_amount]=50&credit_amount=100
            /v1/payment_intents amount=900&currency=usd&payment_method_types[]=card&payment_method=pm_card_visa&confirm=true&capture_method=manual
            /v1/payment_intents amount=900&currency=usd&payment_method_types[]=card&payment_method=pm_card_visa&confirm=true
            /v1/refunds payment_intent={payment_intent}&amount=1
            /v1/setup_intents payment_method=pm_card_visa&payment_method_types[]=card&confirm=true
            /v1/billing/meter_events event_name=m&payload[stripe_customer_id]={customer}&payload[value]=7
            /v1/tax/registrations country=DE&active_from=now&country_options[de][type]=standard
            /v1/webhook_endpoints url=http://127.0.0.1:9/&enabled_events[]=price.created
            /v1/customers/{customer}/balance_transactions amount=-500&currency=usd
            /v1/invoices/create_preview subscription={subscription}&subscription_details[items][0][id]={subscription_item}&subscription_details[items][0][quantity]=2
            """.lines().toList();

    void populate() {
        for (var call : MEANT_WELL) {
            int space = call.indexOf(' ');
            var answer = send(
                    "POST", population.named(call.substring(0, space)), population.named(call.substring(space + 1)));
            assertThat(answer.statusCode()).as(call + "\n" + answer.body()).isEqualTo(200);
            population.add(json(answer));
        }
        for (var list : List.of("payment_intents", "charges", "invoice_payments", "events")) {
            json(send("GET", "/v1/" + list, "")).path("data").forEach(population::add);
        }
    }

    @Test
    void isAnsweredWithAnEnvelope() throws IOException {
        populate();
        for (var operation : ApiDescription.load().operations().entrySet()) {
            for (int round = 0; round < ROUNDS; round++) {
                var malice = new Malice(SEED + 31L * operation.getKey().hashCode() + round, population);
                attack(operation.getKey(), operation.getValue(), malice);
            }
        }
        for (var call : MEANT_WELL) {
            for (int round = 0; round < ROUNDS; round++) {
                spoil(call, new Malice(SEED + 31L * call.hashCode() + round, population));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(send("POST", "/v1/customers", "name=Still%20here").statusCode())
                .isEqualTo(200);
    }

    void attack(String operation, Schema parameters, Malice malice) throws IOException {
        int space = operation.indexOf(' ');
        var method = operation.substring(0, space);
        var path = malice.path(operation.substring(space + 1));
        var request = method.equals("POST")
                ? form(path, isV2(path) ? malice.json(parameters) : malice.form(parameters))
                : bare(method, path + "?" + malice.form(parameters));
        exchange(request);
    }

    /** A request that would be taken, with a little of it changed. */
    void spoil(String call, Malice malice) throws IOException {
        int space = call.indexOf(' ');
        var path = population.named(call.substring(0, space));
        exchange(form(path, malice.spoiled(population.named(call.substring(space + 1)))));
    }

    void exchange(byte[] request) throws IOException {
        var answer = RawClient.exchange(URI.create(sandbox.baseUrl()).getPort(), request);
        var fault = fault(answer);
        if (!fault.isEmpty()) {
            faults.add(fault + " to " + new String(request, StandardCharsets.UTF_8) + "\n" + answer);
        } else if (answer.status() == 200) {
            population.add(JsonMapper.shared().readTree(answer.body()));
        }
    }

    static boolean isV2(String path) {
        return path.startsWith("/v2/");
    }

    static byte[] form(String path, String form) {
        var type = isV2(path) ? "application/json" : "application/x-www-form-urlencoded";
        return (head("POST", path) + "Content-Type: " + type + "\r\nContent-Length: " + form.length() + "\r\n\r\n"
                        + form)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] bare(String method, String target) {
        return (head(method, target) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static String head(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer " + KEY + "\r\n";
    }

    /** Empty when the answer is one that Stripe could give. */
    static String fault(RawClient.Answer answer) {
        if (answer.status() == 0 || answer.status() >= 500) {
            return "status " + answer.status();
        }
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        if (answer.status() < 400) {
            return body.isObject() ? "" : "no object";
        }
        var error = body.path("error");
        return error.path("type").asString("").isEmpty()
                        || error.path("message").asString("").isEmpty()
                ? "no envelope"
                : "";
    }
}
