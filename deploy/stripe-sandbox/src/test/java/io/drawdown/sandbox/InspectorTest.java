package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tests' own judge of all that is said: it must find fault where there is one. */
@Isolated
class InspectorTest extends Sandboxed {

    static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    static Incoming request(String form) {
        return new Incoming("POST", "/v1/customers", null, Map.of(), form.getBytes(StandardCharsets.UTF_8));
    }

    static Outgoing answer(String body) {
        return new Outgoing(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cutsTheConnectionAndTellsTheTest() {
        var customer = send("POST", "/v1/customers", "name=Acme").body();
        var broken = answer(customer.replace("\"delinquent\"", "\"delinquency\""));
        assertThatThrownBy(() -> new Inspector().answered(request("name=Acme"), broken))
                .hasMessageContaining("delinquency is lost");
        assertThat(Inspector.takeFaults()).singleElement().asString().contains("delinquency is lost");
        new Inspector().answered(request("name=Acme"), answer(customer));
        assertThat(Inspector.takeFaults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"object":"customer","id":"cus_1","name":"A"}  | ''
            {"object":"customer","id":"cus_1","nmae":"A"}  | customer.nmae is lost
            {"object":"unicorn","id":"uni_1"}              | no model for unicorn
            """)
    void findsWhatAModelLoses(String object, String fault) {
        assertThat(String.join(",", ModelCheck.faults(read(object)))).contains(fault);
        assertThat(ModelCheck.faults(read(object)).isEmpty()).isEqualTo(fault.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"2026-07-29.dahlia, ''", "2025-03-31.basil, is not there"})
    void findsAnEventWithoutItsObject(String version, String fault) {
        send("POST", "/v1/customers", "name=Acme");
        var event = send("GET", "/v1/events?limit=1", "").body();
        var one = read(event.replace("2026-07-29.dahlia", version)).at("/data/0");
        assertThat(String.join(",", EventCheck.faults(one))).contains(fault);
        assertThat(EventCheck.faults(one).isEmpty()).isEqualTo(fault.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"A","address":{"city":"B"},"metadata":{"a":"b"}}        | ''
            {"nmae":"A"}                                                   | nmae
            {"address":{"town":"B"}}                                       | address[town]
            {"tax_id_data":{"0":{"type":"eu_vat","value":"x"}}}            | ''
            {"tax_id_data":{"0":{"kind":"eu_vat"}}}                        | tax_id_data[0][kind]
            """)
    void findsUnknownParameters(String parameters, String fault) {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        assertThat(String.join(",", ContractCheck.parameterFaults("POST", "/v1/customers", read(parameters))))
                .isEqualTo(fault);
    }
}
