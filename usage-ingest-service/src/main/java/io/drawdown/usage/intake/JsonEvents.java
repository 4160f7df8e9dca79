package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Excerpt;
import io.drawdown.usage.wire.Rejections.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads events from JSON token by token, so that a number keeps the digits it was written with.
 *
 * <p>A fault of one event leaves the others readable; broken JSON is a fault of the request.
 */
final class JsonEvents {

    /** A number is never more than text here, so how long it is does not matter before the event's form is looked at. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonEvents() {}

    /** Reads the structured form: one event object. */
    static ReadEvent one(byte[] json, int index) {
        var draft = new EventDraft();
        read(draft, json, 0, json.length, JsonEvents::soleEvent);
        return draft.finish(index, () -> json);
    }

    /** Reads the batched form: an array of event objects. */
    static List<ReadEvent> batch(byte[] json, int eventsMax, int eventBytesMax) {
        var elements = new ArrayElements(json);
        var events = new ArrayList<ReadEvent>();
        for (var element = elements.next(); element != null; element = elements.next()) {
            if (events.size() == eventsMax) {
                throw tooMany(eventsMax);
            }
            var draft = new EventDraft();
            read(draft, json, element.from(), element.length(), JsonEvents::eventOrOther);
            var sent = ReadEvent.Sent.of(json, element.from(), element.length());
            events.add(limited(draft.finish(events.size(), sent), element.length(), eventBytesMax));
        }
        return events;
    }

    /** Reads the body of the binary form, which is the data alone. */
    static void dataInto(EventDraft draft, byte[] body) {
        if (body.length > 0) {
            read(draft, body, 0, body.length, JsonEvents::data);
        }
    }

    /** The event, or its refusal when it has more bytes than it may; those are not held any longer. */
    static ReadEvent limited(ReadEvent event, int bytes, int bytesMax) {
        return bytes > bytesMax ? tooLarge(event.index(), event.names(), bytesMax) : event;
    }

    static ReadEvent tooLarge(int index, Names names, int eventBytesMax) {
        return new ReadEvent.IllFormed(
                index, names, "the event has more than " + eventBytesMax + " bytes: leave data out of it", null);
    }

    /** What is JSON and beyond what the reader takes is a fault of the event, of which what was read until then is kept. */
    private static void read(
            EventDraft draft, byte[] json, int from, int length, BiConsumer<JsonParser, EventDraft> form) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json, from, length)) {
            parser.nextToken();
            form.accept(parser, draft);
            requireEnd(parser);
        } catch (StreamConstraintsException e) {
            draft.fault("the event is nested too deeply, or a name in it is too long: "
                    + Excerpt.shortened(e.getOriginalMessage()));
        } catch (JacksonException e) {
            if (!isJson(new String(json, from, length, StandardCharsets.UTF_8))) {
                throw broken(e, from);
            }
            draft.fault("the event has text that is none: " + Excerpt.shortened(e.getOriginalMessage()));
        }
    }

    /** Whether it is but for half a character in a name, or bytes that are no UTF-8: they come out as some other character. */
    private static boolean isJson(String text) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void soleEvent(JsonParser parser, EventDraft draft) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableRequest.notJson(
                    "The JSON does not begin as expected: send one CloudEvent as a JSON object");
        }
        event(parser, draft);
    }

    private static void eventOrOther(JsonParser parser, EventDraft draft) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            event(parser, draft);
        } else {
            draft.fault("the element is no JSON object: send a CloudEvent");
            parser.skipChildren();
        }
    }

    private static void event(JsonParser parser, EventDraft draft) {
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            requireOnce(names, name, "member ", draft);
            parser.nextToken();
            switch (name) {
                case "data" -> data(parser, draft);
                case "data_base64" -> {
                    draft.fault("data_base64 is not read here: send a JSON object as data");
                    parser.skipChildren();
                }
                default -> attribute(parser, draft, name);
            }
        }
    }

    /** JSON lets a name stand twice and does not say which one counts. */
    private static void requireOnce(Set<String> names, String name, String what, EventDraft draft) {
        if (!names.add(name)) {
            draft.fault(what + Excerpt.of(name) + " stands twice: send it once");
        }
    }

    private static void attribute(JsonParser parser, EventDraft draft, String name) {
        var token = parser.currentToken();
        if (!EventDraft.isRead(name)) {
            parser.skipChildren();
        } else if (token == JsonToken.VALUE_STRING) {
            draft.attribute(name, parser.getString());
        } else if (token != JsonToken.VALUE_NULL) {
            draft.fault("attribute " + name + " is no JSON string: put it in quotation marks");
            parser.skipChildren();
        }
    }

    private static void data(JsonParser parser, EventDraft draft) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            draft.fault("data is no JSON object: send the value and the dimensions as its members");
            parser.skipChildren();
            return;
        }
        draft.data(members(parser, draft));
    }

    private static Map<String, String> members(JsonParser parser, EventDraft draft) {
        var members = new HashMap<String, String>();
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            requireOnce(names, name, "data member ", draft);
            var token = parser.nextToken();
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                draft.fault("data member " + Excerpt.of(name)
                        + " is an object or array: only text, numbers and booleans" + " can be dimensions");
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                members.put(name, parser.getString());
            }
        }
        return members;
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw UnreadableRequest.notJson("The JSON goes on after its value: send one value");
        }
    }

    private static UnreadableRequest tooMany(int eventsMax) {
        return new UnreadableRequest(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-many-events",
                "The batch has more than " + eventsMax + " events: nothing of it was stored; send it in parts");
    }

    /** @param from where in the body the parser began */
    private static UnreadableRequest broken(JacksonException e, int from) {
        return UnreadableRequest.notJson("This is no valid JSON in UTF-8: " + Excerpt.shortened(e.getOriginalMessage())
                + " at byte "
                + (e.getLocation() == null ? "unknown" : from + e.getLocation().getByteOffset()));
    }
}
