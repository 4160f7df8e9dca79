package io.drawdown.crm.lead;

import io.drawdown.crm.company.Companies;
import io.drawdown.crm.domain.Money;
import io.drawdown.crm.identity.Ids;
import io.drawdown.crm.lead.domain.Lead;
import io.drawdown.crm.lead.domain.LeadStatus;
import io.drawdown.crm.opportunity.Opportunities;
import io.drawdown.crm.opportunity.domain.Opportunity;
import io.drawdown.crm.opportunity.domain.Stage;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.LeadConverted;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wire.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What sales does with leads; each method is one transaction. */
@Service
class LeadDesk {

    private final Leads leads;
    private final Companies companies;
    private final Opportunities opportunities;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    LeadDesk(Leads leads, Companies companies, Opportunities opportunities, Outbox outbox, Ids ids, Clock clock) {
        this.leads = leads;
        this.companies = companies;
        this.opportunities = opportunities;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Lead create(NewLead request) {
        var now = now();
        var lead = new Lead(
                ids.next("lead"),
                request.companyName(),
                request.contactName(),
                request.email(),
                request.source(),
                request.owner(),
                LeadStatus.NEW,
                null,
                null,
                now,
                now);
        leads.add(lead);
        return lead;
    }

    @Transactional
    Lead qualify(String leadId) {
        var qualified = locked(leadId).qualify(now());
        leads.store(qualified);
        return qualified;
    }

    /** Makes the company and the opportunity of a qualified lead, and tells of it. */
    @Transactional
    Lead convert(String leadId, String opportunityName, @Nullable Money amount) {
        var now = now();
        var converted = locked(leadId).convert(ids.next("comp"), ids.next("opp"), now);
        var event = conversion(converted);
        companies.add(event.getCompanyId(), converted.companyName(), now);
        opportunities.add(opportunity(event, converted, opportunityName, amount));
        leads.store(converted);
        outbox.append(Topic.CRM_EVENTS, leadId, event);
        return converted;
    }

    Lead get(String leadId) {
        return leads.find(leadId).orElseThrow(() -> unknown(leadId));
    }

    private Lead locked(String leadId) {
        return leads.lock(leadId).orElseThrow(() -> unknown(leadId));
    }

    private static LeadConverted conversion(Lead lead) {
        return new LeadConverted(lead.leadId(), lead.companyId(), lead.opportunityId(), lead.updatedAt());
    }

    private static Opportunity opportunity(LeadConverted event, Lead lead, String name, @Nullable Money amount) {
        return new Opportunity(
                event.getOpportunityId(),
                event.getLeadId(),
                event.getCompanyId(),
                name,
                amount,
                lead.email(),
                lead.owner(),
                Stage.QUALIFICATION,
                null,
                event.getConvertedAt(),
                event.getConvertedAt());
    }

    private static ProblemException unknown(String leadId) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "lead-not-found",
                "There is no lead " + leadId + "; GET /v1/leads lists those there are.");
    }

    /** To the millisecond, as the events have it. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
