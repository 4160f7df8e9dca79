package io.drawdown.crm.lead;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What sales says of a lead when entering it. */
record NewLead(
        @NotBlank @Size(max = 200) String companyName,
        @NotBlank @Size(max = 200) String contactName,
        @NotBlank @Email @Size(max = 254) String email,
        @Nullable @Size(max = 100) String source,
        @Nullable @Size(max = 100) String owner) {}
