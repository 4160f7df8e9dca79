package io.drawdown.usage.intake;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.wire.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes usage as CloudEvents, in the form that the content type or the headers say. */
@RestController
class EventController {

    private static final MediaType STRUCTURED = MediaType.valueOf("application/cloudevents+json");
    private static final MediaType BATCHED = MediaType.valueOf("application/cloudevents-batch+json");
    private static final byte[] EMPTY = new byte[0];

    private final Intake intake;
    private final TraceContext trace;
    private final IntakeProperties limits;

    EventController(Intake intake, TraceContext trace, IntakeProperties limits) {
        this.intake = intake;
        this.trace = trace;
        this.limits = limits;
    }

    @PostMapping("/v1/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt take(@RequestHeader HttpHeaders headers, @RequestBody(required = false) byte @Nullable [] body) {
        var events = read(headers, body == null ? EMPTY : body);
        if (!events.isEmpty() && events.stream().allMatch(ReadEvent.IllFormed.class::isInstance)) {
            throw nothingReadable(events);
        }
        return intake.take(events, trace.traceparent());
    }

    private List<ReadEvent> read(HttpHeaders headers, byte[] body) {
        var type = contentType(headers);
        try {
            if (BATCHED.equalsTypeAndSubtype(type)) {
                return JsonEvents.batch(body, limits.eventsMax());
            }
            if (STRUCTURED.equalsTypeAndSubtype(type)) {
                return List.of(JsonEvents.one(body));
            }
            if (headers.containsHeader(BinaryEvent.SPEC_VERSION_HEADER)) {
                return List.of(BinaryEvent.read(headers, body));
            }
        } catch (UnreadableRequest e) {
            throw new ProblemException(e.status(), e.slug(), String.valueOf(e.getMessage()), e);
        }
        throw noCloudEvent(type);
    }

    private static @Nullable MediaType contentType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static ProblemException noCloudEvent(@Nullable MediaType type) {
        return new ProblemException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "no-cloud-event",
                "The content type is " + (type == null ? "absent" : type)
                        + " and there is no ce-specversion header. Send " + STRUCTURED + ", or " + BATCHED
                        + ", or application/json with the attributes in ce- headers.");
    }

    /** Nothing of such a request is kept, so it is no 202. */
    private static ProblemException nothingReadable(List<ReadEvent> events) {
        var refusals = events.stream()
                .map(ReadEvent.IllFormed.class::cast)
                .map(bad -> new Receipt.Refusal(bad.index(), bad.id(), bad.source(), "malformed", bad.detail()))
                .toList();
        return new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "malformed-events",
                        "No event of the request is a well-formed CloudEvent; 'rejected' says what is wrong with each."
                                + " Nothing was stored: correct and resend.")
                .with("accepted", 0)
                .with("rejected", refusals);
    }
}
