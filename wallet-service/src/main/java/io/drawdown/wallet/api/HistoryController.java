package io.drawdown.wallet.api;

import static java.util.stream.Collectors.toMap;

import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A wallet's ledger and grants, oldest first. A cursor is the sequence of the last entry that was shown. */
@RestController
@RequestMapping("/v1/wallets/{id}")
class HistoryController {

    private static final String FROM_THE_FIRST = "-1";

    private final Wallets wallets;
    private final WalletHistory history;

    HistoryController(Wallets wallets, WalletHistory history) {
        this.wallets = wallets;
        this.history = history;
    }

    @Operation(
            summary = "Shows a wallet's ledger, page by page",
            description =
                    "A page may hold fewer entries than 'limit' where they are large, as a draw-down of a thousand usage"
                            + " events is. There are more as long as there is a 'nextCursor'.")
    @GetMapping("/ledger")
    Page<EntryJson> ledger(
            @PathVariable String id,
            @RequestParam(defaultValue = FROM_THE_FIRST) @Min(-1) long cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var wallet = existing(id);
        var portion = history.next(wallet.id(), cursor, limit);
        return new Page<>(
                        portion.events(),
                        portion.more() ? sequence(portion.events().getLast()) : null)
                .map(EntryJson::of);
    }

    /** One entry; a draw-down's leads back to its usage by {@code lines} and forward to its grants by {@code allocations}. */
    @GetMapping("/ledger/{sequence}")
    EntryJson entry(@PathVariable String id, @PathVariable long sequence) {
        var wallet = existing(id);
        return history.at(wallet.id(), sequence)
                .map(EntryJson::of)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-entry",
                        "The ledger of " + wallet.id() + " goes from 0 to " + (wallet.version() - 1)
                                + "; it has no entry " + sequence));
    }

    @GetMapping("/grants")
    Page<GrantView> grants(
            @PathVariable String id,
            @RequestParam(defaultValue = FROM_THE_FIRST) @Min(-1) long cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var wallet = existing(id);
        var left = wallet.grants().stream().collect(toMap(Grant::id, Grant::remaining));
        var grants = history.grantsAfter(wallet.id(), cursor, limit + 1);
        return Page.of(grants, limit, HistoryController::sequence).map(grant -> GrantView.of(grant, left));
    }

    private static String sequence(WalletEvent event) {
        return Long.toString(event.header().sequence());
    }

    private WalletState existing(String id) {
        return Refusals.asProblems(() -> wallets.get(Ids.wallet(id)));
    }
}
