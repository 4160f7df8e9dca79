package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The tests' own judge: it must find fault where there is one. */
class StrictValidatorTest extends Sandboxed {

    @BeforeEach
    void needsTheContract() {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "balance":0           | "balance":"0"              | is no integer
            "balance":0,          | ''                         | balance is missing
            "delinquent":false    | "delinquency":false        | is in no schema
            "tax_exempt":"none"   | "tax_exempt":"always"      | is not listed
            "livemode":false      | "livemode":null            | is null
            "rendering_options"   | "renderings"               | is in no schema
            """)
    void findsTheFault(String good, String bad, String fault) {
        var body = send("POST", "/v1/customers", "name=Acme").body();
        assertThat(body).contains(good);
        var broken = JsonMapper.shared().readTree(body.replace(good, bad));
        assertThat(ContractCheck.answerFaults("POST", "/v1/customers", 200, broken))
                .anyMatch(found -> found.contains(fault));
    }
}
