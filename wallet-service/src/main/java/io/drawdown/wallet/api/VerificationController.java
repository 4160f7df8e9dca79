package io.drawdown.wallet.api;

import io.drawdown.wallet.ledger.Verification;
import io.drawdown.wallet.ledger.Verification.Difference;
import io.drawdown.wallet.ledger.Verification.End;
import io.drawdown.wallet.ledger.Verification.Finding;
import io.drawdown.wallet.ledger.Verification.Progress;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Replays the whole log and says what differs from it: one JSON object a line, the last of which is the end. */
@RestController
class VerificationController {

    private final Verification verification;

    VerificationController(Verification verification) {
        this.verification = verification;
    }

    @PostMapping(path = "/v1/ledger/verifications", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Map<String, Object>> verify() {
        return Flux.<Finding>create(sink -> {
                    verification.run(sink::next, sink::isCancelled);
                    sink.complete();
                })
                .map(VerificationController::line)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Map<String, Object> line(Finding finding) {
        return switch (finding) {
            case Progress(var wallets, var events) -> Map.of("type", "progress", "wallets", wallets, "events", events);
            case Difference(var walletId, var what, var version, var detail) ->
                Map.of(
                        "type", "difference",
                        "walletId", walletId.value(),
                        "what", what,
                        "version", version,
                        "detail", detail);
            case End(var wallets, var events, var differences) ->
                Map.of("type", "end", "wallets", wallets, "events", events, "differences", differences);
        };
    }
}
