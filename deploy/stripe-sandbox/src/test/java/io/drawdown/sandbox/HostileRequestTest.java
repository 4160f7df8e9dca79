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

    void populate() {
        var customer = id(send(
                "POST",
                "/v1/customers",
                "name=A&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"));
        var product = id(send("POST", "/v1/products", "name=P"));
        var price = id(send("POST", "/v1/prices", "currency=usd&unit_amount=5&product=" + product));
        id(send("POST", "/v1/prices", "currency=usd&unit_amount=5&recurring[interval]=month&product=" + product));
        id(send(
                "POST",
                "/v1/billing/meters",
                "display_name=M&event_name=m&default_aggregation[formula]=sum&customer_mapping[type]=by_id"
                        + "&customer_mapping[event_payload_key]=c"));
        var invoice = id(send("POST", "/v1/invoices", "customer=" + customer));
        id(send(
                "POST",
                "/v1/invoiceitems",
                "customer=" + customer + "&invoice=" + invoice + "&pricing[price]=" + price));
        id(send("POST", "/v1/invoices/" + invoice + "/pay", ""));
        id(send("POST", "/v1/invoices", "customer=" + customer));
        for (var list : List.of("payment_intents", "charges", "invoice_payments", "events")) {
            json(send("GET", "/v1/" + list, "")).path("data").forEach(population::add);
        }
    }

    String id(java.net.http.HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        population.add(json(created));
        return json(created).path("id").asString();
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
