package io.drawdown.crm.account.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripeCustomerTest {

    static final Instant EARLY = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATE = Instant.parse("2026-11-03T10:00:00Z");

    @Test
    void ofOneIsUsed() {
        assertThat(StripeCustomer.inUse(List.of(living("cus_1", EARLY)), null)).contains("cus_1");
    }

    @Test
    void staysInUseWhileItLives() {
        var customers = List.of(living("cus_1", EARLY), living("cus_2", LATE));

        assertThat(StripeCustomer.inUse(customers, "cus_1")).contains("cus_1");
    }

    @Test
    void givesWayToTheOneSeenLastOnceDeleted() {
        var customers = List.of(deleted("cus_1"), living("cus_2", EARLY), living("cus_3", LATE));

        assertThat(StripeCustomer.inUse(customers, "cus_1")).contains("cus_3");
    }

    @Test
    void isGoneWhenTheLastIsDeleted() {
        assertThat(StripeCustomer.inUse(List.of(deleted("cus_1")), "cus_1")).isEmpty();
    }

    static StripeCustomer living(String customerId, Instant seenAt) {
        return new StripeCustomer(customerId, "acct_1", false, seenAt);
    }

    static StripeCustomer deleted(String customerId) {
        return new StripeCustomer(customerId, "acct_1", true, LATE);
    }
}
