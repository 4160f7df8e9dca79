package io.drawdown.crm.opportunity;

import io.drawdown.crm.account.Accounts;
import io.drawdown.crm.account.domain.Account;
import io.drawdown.crm.account.domain.AccountStatus;
import io.drawdown.crm.company.Companies;
import io.drawdown.crm.identity.Ids;
import io.drawdown.crm.money.MoneyRecords;
import io.drawdown.crm.opportunity.domain.Opportunity;
import io.drawdown.crm.opportunity.domain.Stage;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.OpportunityStageChanged;
import io.drawdown.events.crm.OpportunityWon;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wire.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves opportunities along; each method is one transaction. */
@Service
class Pipeline {

    private final Opportunities opportunities;
    private final Accounts accounts;
    private final Companies companies;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Pipeline(Opportunities opportunities, Accounts accounts, Companies companies, Outbox outbox, Ids ids, Clock clock) {
        this.opportunities = opportunities;
        this.accounts = accounts;
        this.companies = companies;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** Takes the opportunity to a stage where it stays open or is lost; nothing happens when it is there already. */
    @Transactional
    Opportunity move(String opportunityId, Stage next) {
        var before = locked(opportunityId);
        return before.stage() == next ? before : moved(before, before.moveTo(next, now()));
    }

    /**
     * Wins the opportunity and opens its account; nothing happens when it was won before.
     *
     * @param timeZone of the account; the usual one when absent
     */
    @Transactional
    Opportunity win(String opportunityId, @Nullable ZoneId timeZone) {
        var before = locked(opportunityId);
        if (before.accountId() == null) {
            return win(before, timeZone == null ? Account.DEFAULT_TIME_ZONE : timeZone, now());
        }
        if (timeZone != null) {
            accounts.get(before.accountId()).requireTimeZone(timeZone);
        }
        return before;
    }

    Opportunity get(String opportunityId) {
        return opportunities.find(opportunityId).orElseThrow(() -> unknown(opportunityId));
    }

    private Opportunity locked(String opportunityId) {
        return opportunities.lock(opportunityId).orElseThrow(() -> unknown(opportunityId));
    }

    private Opportunity win(Opportunity before, ZoneId timeZone, Instant now) {
        var accountId = ids.next("acct");
        var won = moved(before, before.win(accountId, now));
        outbox.append(
                Topic.CRM_EVENTS,
                won.opportunityId(),
                new OpportunityWon(
                        won.opportunityId(), won.companyId(), accountId, MoneyRecords.toRecord(won.amount()), now));
        accounts.open(account(accountId, won, timeZone));
        return won;
    }

    private Opportunity moved(Opportunity before, Opportunity after) {
        opportunities.store(after);
        outbox.append(
                Topic.CRM_EVENTS,
                after.opportunityId(),
                new OpportunityStageChanged(
                        after.opportunityId(),
                        before.stage().label(),
                        after.stage().label(),
                        after.updatedAt()));
        return after;
    }

    private Account account(String accountId, Opportunity won, ZoneId timeZone) {
        var amount = won.amount();
        return new Account(
                accountId,
                won.opportunityId(),
                won.companyId(),
                companies.nameOf(won.companyId()),
                won.email(),
                won.owner(),
                amount == null ? Account.DEFAULT_CURRENCY : amount.currency(),
                timeZone,
                AccountStatus.ACTIVE,
                null,
                List.of(),
                won.updatedAt(),
                won.updatedAt());
    }

    /** To the millisecond, as the events have it. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static ProblemException unknown(String opportunityId) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "opportunity-not-found",
                "There is no opportunity " + opportunityId + "; GET /v1/opportunities lists those there are.");
    }
}
