package io.drawdown.crm.lead;

import io.drawdown.crm.lead.domain.Lead;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lead in a response. */
record LeadView(
        String leadId,
        String companyName,
        String contactName,
        String email,
        @Nullable String source,
        @Nullable String owner,
        String status,
        @Nullable String companyId,
        @Nullable String opportunityId,
        Instant createdAt,
        Instant updatedAt) {

    static LeadView of(Lead lead) {
        return new LeadView(
                lead.leadId(),
                lead.companyName(),
                lead.contactName(),
                lead.email(),
                lead.source(),
                lead.owner(),
                lead.status().label(),
                lead.companyId(),
                lead.opportunityId(),
                lead.createdAt(),
                lead.updatedAt());
    }
}
