package io.drawdown.crm.lead;

import io.drawdown.crm.lead.domain.Lead;
import io.drawdown.crm.money.MoneyJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a converted lead has become, in a response. */
record Conversion(
        String leadId, @Nullable String companyId, @Nullable String opportunityId) {

    static Conversion of(Lead lead) {
        return new Conversion(lead.leadId(), lead.companyId(), lead.opportunityId());
    }

    /**
     * What sales says when converting a lead.
     *
     * @param amount what the deal is expected to be worth a year; its currency becomes the account's
     */
    record Request(
            @NotBlank @Size(max = 200) String opportunityName,
            @Nullable @Valid MoneyJson amount) {}
}
