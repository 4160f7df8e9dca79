package io.drawdown.usage.rejected;

import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.TraceContext;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows what was refused, and sends it again. */
@RestController
class RejectedEventController {

    private final RejectedEvents events;
    private final UsageDecoder decoder;
    private final Replay replay;
    private final TraceContext trace;

    RejectedEventController(RejectedEvents events, UsageDecoder decoder, Replay replay, TraceContext trace) {
        this.events = events;
        this.decoder = decoder;
        this.replay = replay;
        this.trace = trace;
    }

    @GetMapping("/v1/rejected-events")
    Page<RejectedEventView> list(
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        var filter = new RejectedEvents.Filter(
                text("reason", reason), text("source", source), text("id", id), text("subject", subject));
        return events.find(filter, before(cursor), limit).map(this::view);
    }

    @GetMapping("/v1/rejected-events/{rejectedId}")
    RejectedEventView one(@PathVariable String rejectedId) {
        return events.find(parse(rejectedId)).map(this::view).orElseThrow(() -> Replay.unknown(rejectedId));
    }

    @PostMapping("/v1/rejected-events/{rejectedId}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replayed replay(@PathVariable String rejectedId, @Nullable Principal principal) {
        var by = principal == null ? "unknown" : principal.getName();
        var position = replay.send(parse(rejectedId), by, trace.traceparent());
        return new Replayed(rejectedId, position.partition(), position.offset());
    }

    private RejectedEventView view(RejectedEvent event) {
        return RejectedEventView.of(event, decoded(event));
    }

    private @Nullable Usage decoded(RejectedEvent event) {
        if (event.isNoRecord()) {
            return null;
        }
        try {
            return decoder.decode(event.originalValue()) instanceof Decoded.Event(Usage usage) ? usage : null;
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            return null; // The bytes are shown all the same.
        }
    }

    private static RejectedId parse(String rejectedId) {
        var id = RejectedId.parse(rejectedId);
        if (id == null) {
            throw Replay.unknown(rejectedId);
        }
        return id;
    }

    private static @Nullable String text(String name, @Nullable String text) {
        if (text != null && text.indexOf(0) >= 0) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-filter",
                    name + " holds the character U+0000, which nothing that is kept has: leave it out.");
        }
        return text;
    }

    private static @Nullable Long before(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "The cursor was not given out here: pass nextCursor of the page before, or none.",
                    e);
        }
    }

    /**
     * Where the event is stored now.
     *
     * @param partition of usage.events.v1
     */
    record Replayed(String rejectedId, int partition, long offset) {}
}
