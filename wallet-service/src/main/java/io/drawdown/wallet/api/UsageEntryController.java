package io.drawdown.wallet.api;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.usage.UsageEntries;
import io.drawdown.wallet.usage.UsageName;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way from a usage event to its entries in the ledger, and to the grants that it burned. */
@RestController
@RequestMapping("/v1/usage-entries")
class UsageEntryController {

    /** Usage is accepted until it is 35 days old, and a correction of it for as long again. */
    private static final Duration WINDOW = Duration.ofDays(75);

    private static final int LONGEST_NAME = 255;

    private final UsageEntries entries;
    private final Clock clock;

    UsageEntryController(UsageEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Operation(
            summary = "Shows what became of a usage event: its entries in the ledger and the grants that it burned",
            description =
                    "Looks through what the account's wallets recorded since an instant, by default in the last 75"
                            + " days. Where that is very much, say by 'since' when it came.")
    @GetMapping
    UsageEntriesJson find(
            @RequestParam String accountId,
            @RequestParam @Size(min = 1, max = LONGEST_NAME) String source,
            @RequestParam @Size(min = 1, max = LONGEST_NAME) String id,
            @RequestParam(required = false) @Nullable @CivilInstant Instant since) {
        var account = Ids.walletOf(accountId).account();
        var usage = new UsageName(source, id);
        var from = since == null ? clock.instant().minus(WINDOW) : since;
        try {
            return entries.find(account, usage, from)
                    .map(found -> UsageEntriesJson.of(found, usage))
                    .orElseThrow(() -> unknown(account, usage, from));
        } catch (UsageEntries.TooMuchToSearch e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too-much-to-search",
                    "The wallets of " + account + " have recorded too much since " + from
                            + "; say by 'since' when the usage came",
                    e);
        }
    }

    private ProblemException unknown(AccountId account, UsageName usage, Instant from) {
        return entries.parkedFor(account, usage)
                .map(reason -> new ProblemException(
                        HttpStatus.NOT_FOUND, "usage-parked", "The usage is parked and has no entry yet: " + reason))
                .orElseGet(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-usage",
                        "No wallet of " + account + " has recorded usage " + usage.id() + " of " + usage.source()
                                + " since " + from));
    }
}
