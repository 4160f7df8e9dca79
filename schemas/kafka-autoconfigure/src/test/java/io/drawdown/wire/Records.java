package io.drawdown.wire;

import io.drawdown.events.billing.Customer;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.crm.LeadConverted;
import java.time.Instant;
import java.util.List;

/** Records for tests: whole, and told apart by one word each. */
public final class Records {

    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    private Records() {}

    public static Account account(String id, String name) {
        return Account.newBuilder()
                .setAccountId(id)
                .setName(name)
                .setEmail("billing@example.org")
                .setCurrency("USD")
                .setStatus(AccountStatus.ACTIVE)
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    public static Meter meter(String id, String name) {
        return Meter.newBuilder()
                .setMeterId(id)
                .setEventName(name)
                .setDisplayName(name)
                .setAggregation(Aggregation.SUM)
                .setValueKey("value")
                .setActive(true)
                .setPriceMappings(List.of())
                .setUpdatedAt(NOW)
                .build();
    }

    public static Customer customer(String id) {
        return Customer.newBuilder()
                .setCustomerId(id)
                .setHasDefaultPaymentMethod(true)
                .setDeleted(false)
                .setUpdatedAt(NOW)
                .build();
    }

    public static LeadConverted leadConverted(String id) {
        return LeadConverted.newBuilder()
                .setLeadId(id)
                .setCompanyId("company-of-" + id)
                .setOpportunityId("opportunity-of-" + id)
                .setConvertedAt(NOW)
                .build();
    }
}
