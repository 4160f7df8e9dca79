package io.drawdown.usage.intake;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.wire.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes usage as CloudEvents, in the form that the content type or the headers say. */
@RestController
class EventController {

    private static final MediaType STRUCTURED = MediaType.valueOf("application/cloudevents+json");
    private static final MediaType BATCHED = MediaType.valueOf("application/cloudevents-batch+json");

    private final Intake intake;
    private final EventStream stream;
    private final Senders senders;
    private final TraceContext trace;
    private final IntakeProperties limits;
    private final InFlight bodyBytes;

    EventController(
            Intake intake,
            EventStream stream,
            Senders senders,
            TraceContext trace,
            IntakeProperties limits,
            InFlight bodyBytes) {
        this.intake = intake;
        this.stream = stream;
        this.senders = senders;
        this.trace = trace;
        this.limits = limits;
        this.bodyBytes = bodyBytes;
    }

    @PostMapping("/v1/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt take(ServerHttpRequest request, ServerHttpResponse response, @Nullable Principal caller)
            throws IOException {
        try {
            return answer(take(request, senders.of(caller)));
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.REQUEST_TIMEOUT) {
                // The rest of the body, if it comes at all, is in the way of another request.
                response.getHeaders().setConnection("close");
            }
            throw e;
        }
    }

    private Receipt take(ServerHttpRequest request, Sender sender) throws IOException {
        var headers = request.getHeaders();
        var form = form(headers);
        var wait = form == Form.STREAM ? limits.streamWait() : limits.bodyWait();
        try (var body = RequestBytes.open(headers, request.getBody(), wait)) {
            return take(form, headers, body, sender);
        } catch (UnreadableRequest e) {
            throw new ProblemException(e.status(), e.slug(), String.valueOf(e.getMessage()), e);
        }
    }

    private Receipt take(Form form, HttpHeaders headers, InputStream body, Sender sender) throws IOException {
        if (form == Form.STREAM) {
            return stream.take(body, sender, trace.traceparent());
        }
        try (var held = new HeldBody(body, bodyBytes)) {
            var bytes = RequestBytes.all(held, limits.requestBytesMax());
            return intake.take(events(form, headers, bytes), sender, trace.traceparent());
        }
    }

    private List<ReadEvent> events(Form form, HttpHeaders headers, byte[] body) {
        return switch (form) {
            case BATCH -> JsonEvents.batch(body, limits.eventsMax(), limits.eventBytesMax());
            case STRUCTURED -> single(JsonEvents.one(body, 0), body);
            case BINARY -> single(BinaryEvent.read(headers, body), body);
            case STREAM -> throw new IllegalArgumentException("A stream is never read as a whole");
        };
    }

    private List<ReadEvent> single(ReadEvent event, byte[] body) {
        return List.of(JsonEvents.limited(event, body.length, limits.eventBytesMax()));
    }

    private static Form form(HttpHeaders headers) {
        var type = contentType(headers);
        if (MediaType.APPLICATION_NDJSON.equalsTypeAndSubtype(type)) {
            return Form.STREAM;
        }
        if (BATCHED.equalsTypeAndSubtype(type)) {
            return Form.BATCH;
        }
        if (STRUCTURED.equalsTypeAndSubtype(type)) {
            return Form.STRUCTURED;
        }
        if (headers.containsHeader(BinaryEvent.SPEC_VERSION_HEADER)) {
            return Form.BINARY;
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
                        + ", or " + MediaType.APPLICATION_NDJSON
                        + " with an event on each line, or application/json with the attributes in ce- headers.");
    }

    /** Nothing of a request will ever count when none of its events could be read or was permitted: so it is no 202. */
    private static Receipt answer(Receipt receipt) {
        var refusals = receipt.rejected();
        if (receipt.accepted() > 0 || refusals.isEmpty()) {
            return receipt;
        }
        if (all(refusals, Reason.NOT_PERMITTED)) {
            throw nothing(
                    receipt,
                    HttpStatus.FORBIDDEN,
                    "not-permitted",
                    "No event of the request is one that this API key may send; 'rejected' names each. Nothing was"
                            + " stored: use the right key.");
        }
        if (all(refusals, Reason.MALFORMED)) {
            throw nothing(
                    receipt,
                    HttpStatus.BAD_REQUEST,
                    "malformed-events",
                    "No event of the request is a well-formed CloudEvent; 'rejected' says what is wrong with each."
                            + " None of them counts: correct and resend.");
        }
        return receipt;
    }

    private static boolean all(List<Receipt.Refusal> refusals, Reason reason) {
        return refusals.stream().allMatch(refusal -> refusal.reason().equals(reason.code()));
    }

    private static ProblemException nothing(Receipt receipt, HttpStatus status, String slug, String detail) {
        return new ProblemException(status, slug, detail).with("accepted", 0).with("rejected", receipt.rejected());
    }

    /** How a request carries its events. */
    private enum Form {
        STREAM,
        BATCH,
        STRUCTURED,
        BINARY
    }
}
