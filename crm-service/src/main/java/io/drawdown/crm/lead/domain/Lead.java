package io.drawdown.crm.lead.domain;

import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may become a customer. Immutable: a step returns the lead after it.
 *
 * @param source where it came from, in sales' own words
 * @param owner who in sales looks after it
 * @param companyId the company that it became; set exactly when it is converted
 * @param opportunityId the opportunity that it became; set exactly when it is converted
 */
public record Lead(
        String leadId,
        String companyName,
        String contactName,
        String email,
        @Nullable String source,
        @Nullable String owner,
        LeadStatus status,
        @Nullable String companyId,
        @Nullable String opportunityId,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * The lead as worth pursuing; the same lead when it was qualified before.
     *
     * @throws Refused when it has been converted
     */
    public Lead qualify(Instant at) {
        return switch (status) {
            case NEW -> with(LeadStatus.QUALIFIED, null, null, at);
            case QUALIFIED -> this;
            case CONVERTED -> throw alreadyConverted();
        };
    }

    /**
     * The lead as turned into the company and the opportunity.
     *
     * @throws Refused when it is not qualified yet, or has been converted
     */
    public Lead convert(String toCompanyId, String toOpportunityId, Instant at) {
        return switch (status) {
            case NEW ->
                throw new Refused(
                        "lead-not-qualified", "Lead " + leadId + " is new: qualify it first, then convert it.");
            case QUALIFIED -> with(LeadStatus.CONVERTED, toCompanyId, toOpportunityId, at);
            case CONVERTED -> throw alreadyConverted();
        };
    }

    private Refused alreadyConverted() {
        return new Refused(
                "lead-already-converted",
                "Lead " + leadId + " has become opportunity " + opportunityId + ": work on that one.");
    }

    private Lead with(
            LeadStatus newStatus, @Nullable String newCompanyId, @Nullable String newOpportunityId, Instant at) {
        return new Lead(
                leadId,
                companyName,
                contactName,
                email,
                source,
                owner,
                newStatus,
                newCompanyId,
                newOpportunityId,
                createdAt,
                at);
    }
}
