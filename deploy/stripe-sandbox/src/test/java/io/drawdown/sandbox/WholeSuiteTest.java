package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.engine.EventTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs last: whether all that the sandbox can say was said, and so inspected, in some test. */
@Order(Integer.MAX_VALUE)
@Isolated
class WholeSuiteTest {

    /** In this version of the API nothing puts a discount on a customer. */
    static final String ALWAYS_REFUSED = "DELETE /v1/customers/{customer}/discount";

    @BeforeEach
    void needsTheOthers() {
        assumeTrue(Inspector.operations().size() > 100 || !SharedContract.isPresent(), "skipped: a selection of tests");
    }

    @Test
    void sawEveryTypeOfEvent() {
        assumeTrue(Inspector.eventTypes().size() > 50, "skipped: a selection of tests");
        assertThat(Inspector.eventTypes()).containsAll(EventTypes.all());
    }

    @Test
    void sawEveryOperationSucceed() {
        assumeTrue(SharedContract.isPresent(), SharedContract.ABSENT);
        var covered = new Wiring(ApiDescription.load(), SandboxSettings.DEFAULT, () -> "")
                .routes()
                .covered();
        assertThat(covered)
                .filteredOn(operation -> !operation.equals(ALWAYS_REFUSED))
                .isSubsetOf(Inspector.operations());
    }
}
