package io.drawdown.wallet.statement;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.api.Ids;
import io.drawdown.wallet.api.Refusals;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a wallet was worth, and what moved it. */
@RestController
@RequestMapping("/v1/wallets/{id}")
class StatementController {

    private static final String TEXT_CSV = "text/csv";

    private final Statements statements;
    private final Past past;

    StatementController(Statements statements, Past past) {
        this.statements = statements;
        this.past = past;
    }

    /** The balance as it was at an instant. */
    @GetMapping("/balance")
    BalanceJson balance(@PathVariable String id, @RequestParam Instant at) {
        var instant = past.require(at);
        boolean closed = past.isClosed(instant);
        var wallet = Refusals.asProblems(() -> statements.balance(Ids.wallet(id), instant));
        return BalanceJson.of(wallet, instant, closed);
    }

    /** What moved the balance from one instant, inclusive, to another, exclusive. */
    @GetMapping(path = "/statements", produces = MediaType.APPLICATION_JSON_VALUE)
    StatementJson statement(@PathVariable String id, @RequestParam Instant from, @RequestParam Instant to) {
        var begin = past.require(from);
        var end = past.require(to);
        if (!begin.isBefore(end)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "empty-period", "A period begins before it ends; give a later 'to'");
        }
        boolean closed = past.isClosed(end);
        var statement = Refusals.asProblems(() -> statements.statement(Ids.wallet(id), begin, end));
        return StatementJson.of(statement, closed);
    }

    /** The same as CSV. */
    @GetMapping(path = "/statements", produces = TEXT_CSV)
    String statementCsv(@PathVariable String id, @RequestParam Instant from, @RequestParam Instant to) {
        return StatementCsv.of(statement(id, from, to));
    }
}
