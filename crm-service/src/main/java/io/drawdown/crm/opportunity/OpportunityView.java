package io.drawdown.crm.opportunity;

import io.drawdown.crm.money.MoneyJson;
import io.drawdown.crm.opportunity.domain.Opportunity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An opportunity in a response. */
record OpportunityView(
        String opportunityId,
        String leadId,
        String companyId,
        String name,
        @Nullable MoneyJson amount,
        String email,
        @Nullable String owner,
        String stage,
        @Nullable String accountId,
        Instant createdAt,
        Instant updatedAt) {

    static OpportunityView of(Opportunity opportunity) {
        return new OpportunityView(
                opportunity.opportunityId(),
                opportunity.leadId(),
                opportunity.companyId(),
                opportunity.name(),
                MoneyJson.of(opportunity.amount()),
                opportunity.email(),
                opportunity.owner(),
                opportunity.stage().label(),
                opportunity.accountId(),
                opportunity.createdAt(),
                opportunity.updatedAt());
    }
}
