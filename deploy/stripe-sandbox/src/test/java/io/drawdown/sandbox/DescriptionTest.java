package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.engine.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** With {@code -Dstripe.description.write=FILE} the description is written anew instead of compared. */
class DescriptionTest {

    @Test
    void isWhatTheContractSays() throws IOException {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        var derived = DescriptionSource.derive(SharedContract.read("spec3.json"));
        var target = System.getProperty("stripe.description.write");
        if (target != null) {
            Files.writeString(Path.of(target), DescriptionSource.print(derived));
        }
        try (var shipped = ApiDescription.class.getResourceAsStream("description.json")) {
            assertThat(JsonMapper.shared().readTree(shipped).equals(derived))
                    .as(
                            "description.json differs from the contract: run this test with -Dstripe.description.write=FILE")
                    .isTrue();
        }
    }

    @Test
    void describesEveryOperationThatIsCovered() {
        var api = ApiDescription.load();
        var covered = new Wiring(api, SandboxSettings.DEFAULT, () -> "http://127.0.0.1")
                .routes()
                .covered();
        assertThat(covered)
                .hasSizeGreaterThan(50)
                .allSatisfy(operation -> assertThat(api.operations()).containsKey(operation));
    }

    @Test
    void emitsOnlyEventTypesThatStripeKnows() throws IOException {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        var known = SharedContract.read("event-types.json").path("snapshot_events");
        assertThat(EventTypes.all()).isNotEmpty().allMatch(known::has);
    }
}
