package io.drawdown.usage.correction;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.CorrectionForm;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.usage.wire.TraceContext;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes corrections of usage and shows what became of them. */
@RestController
class CorrectionController {

    private static final String PATH = "/v1/usage/corrections/";

    private final CorrectionTable table;
    private final CorrectionLog log;
    private final IdempotentRequests requests;
    private final PatientAdmission accounts;
    private final TraceContext trace;
    private final Clock clock;

    CorrectionController(
            CorrectionTable table,
            CorrectionLog log,
            IdempotentRequests requests,
            PatientAdmission accounts,
            TraceContext trace,
            Clock clock) {
        this.table = table;
        this.log = log;
        this.requests = requests;
        this.accounts = accounts;
        this.trace = trace;
        this.clock = clock;
    }

    @PostMapping("/v1/usage/corrections")
    ResponseEntity<Taken> correct(
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody CorrectionRequest request,
            @Nullable Principal principal) {
        var by = principal == null ? "unknown" : principal.getName();
        var correction = requests.execute("correct-usage", key, request, Correction.class, () -> record(request, by));
        // Also on a repeat: the first time may not have come so far, and sent twice it counts once.
        log.append(correction, trace.traceparent());
        var href = PATH + correction.id();
        return ResponseEntity.accepted()
                .location(URI.create(href))
                .body(new Taken(correction.id(), CorrectionView.PENDING, href));
    }

    private Correction record(CorrectionRequest request, String by) {
        var account = accounts.account(request.account());
        if (account == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-account",
                    "There is no account " + Excerpt.of(request.account()) + " here.");
        }
        var correction = new Correction(
                UUID.randomUUID().toString(),
                account.accountId(),
                request.source(),
                request.id(),
                replacement(request.replacement()),
                request.reason(),
                by);
        var malformed = CorrectionForm.refusalOf(correction);
        if (malformed != null) {
            throw malformed(malformed.detail());
        }
        table.add(correction, clock.instant());
        return correction;
    }

    private static @Nullable Replacement replacement(CorrectionRequest.@Nullable NewUsage replacement) {
        try {
            return replacement == null ? null : replacement.toReplacement();
        } catch (ArithmeticException e) {
            throw malformed("the time is no time of this world: send one such as 2026-11-20T10:00:00Z");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "malformed-correction", detail + ".");
    }

    /** @param account its id or one of its external keys; needed where several accounts have a correction of that id */
    @GetMapping("/v1/usage/corrections/{id}")
    CorrectionView one(@PathVariable String id, @RequestParam(required = false) @Nullable String account) {
        if (account != null && account.indexOf(0) >= 0) {
            throw unknown(id); // No account has U+0000, and the database cannot even be asked for it.
        }
        var accountId = account == null ? onlyAccountId(id) : accountId(account);
        var requested = table.requested(id, accountId).orElse(null);
        var applied = table.applied(id, accountId).orElse(null);
        var refusal = applied == null ? table.refusal(id, accountId).orElse(null) : null;
        if (requested == null && applied == null && refusal == null) {
            throw unknown(id);
        }
        return CorrectionView.of(id, requested, applied, refusal);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-correction",
                "There is no correction " + Excerpt.of(id)
                        + " here. One that was sent over Kafka shows up when it is decided.");
    }

    private String accountId(String account) {
        var known = accounts.account(account);
        return known == null ? account : known.accountId();
    }

    /** @return null when none is told */
    private @Nullable String onlyAccountId(String id) {
        var accountIds = table.accountIds(id);
        if (accountIds.size() > 1) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "ambiguous-correction",
                    "Several accounts have a correction " + Excerpt.of(id) + ": say whose by ?account=…");
        }
        return accountIds.isEmpty() ? null : accountIds.getFirst();
    }

    /**
     * The request is in the log.
     *
     * @param href where to look for what became of it
     */
    record Taken(String id, String status, String href) {}
}
