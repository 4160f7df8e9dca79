package io.drawdown.crm.opportunity.domain;

import io.drawdown.crm.domain.Money;
import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deal in the pipeline. Immutable: a step returns the opportunity after it.
 *
 * @param amount what sales expects it to be worth a year
 * @param email where the customer's invoices will go: the lead's address
 * @param accountId the account that it became; set exactly when it is won
 */
public record Opportunity(
        String opportunityId,
        String leadId,
        String companyId,
        String name,
        @Nullable Money amount,
        String email,
        @Nullable String owner,
        Stage stage,
        @Nullable String accountId,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * The opportunity at another open stage, or lost.
     *
     * @throws Refused when the pipeline has no such step
     * @throws IllegalArgumentException when asked to win it, which takes an account: {@link #win}
     */
    public Opportunity moveTo(Stage next, Instant at) {
        if (next == Stage.CLOSED_WON) {
            throw new IllegalArgumentException("Winning an opportunity takes an account: call win.");
        }
        requireStep(next);
        return with(next, null, at);
    }

    /**
     * The opportunity as won and turned into the account.
     *
     * @throws Refused when it has been closed before
     */
    public Opportunity win(String newAccountId, Instant at) {
        requireStep(Stage.CLOSED_WON);
        return with(Stage.CLOSED_WON, newAccountId, at);
    }

    private void requireStep(Stage next) {
        if (stage.isClosed()) {
            throw new Refused(
                    "opportunity-closed",
                    "Opportunity " + opportunityId + " is " + stage.label() + " and stays so; open a new one.");
        }
        if (!stage.leadsTo(next)) {
            throw new Refused(
                    "stage-not-reachable",
                    "Opportunity " + opportunityId + " cannot go from " + stage.label() + " to " + next.label()
                            + ": move forward, or back by one stage.");
        }
    }

    private Opportunity with(Stage newStage, @Nullable String newAccountId, Instant at) {
        return new Opportunity(
                opportunityId, leadId, companyId, name, amount, email, owner, newStage, newAccountId, createdAt, at);
    }
}
