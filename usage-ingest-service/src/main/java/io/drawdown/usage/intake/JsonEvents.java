package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads events from JSON token by token, so that a number keeps the digits it was written with.
 *
 * <p>A fault of one event leaves the others readable; broken JSON is a fault of the request.
 */
final class JsonEvents {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonEvents() {}

    /** Reads the structured form: one event object. */
    static ReadEvent one(byte[] body, int index) {
        try (var parser = parser(body)) {
            requireToken(parser.nextToken(), JsonToken.START_OBJECT, "one CloudEvent as a JSON object");
            var event = event(parser, index);
            requireEnd(parser);
            return event;
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /** Reads the batched form: an array of event objects. */
    static List<ReadEvent> batch(byte[] body, int eventsMax, int eventBytesMax) {
        try (var parser = parser(body)) {
            requireToken(parser.nextToken(), JsonToken.START_ARRAY, "CloudEvents in a JSON array");
            var events = new ArrayList<ReadEvent>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (events.size() == eventsMax) {
                    throw tooMany(eventsMax);
                }
                long begin = parser.currentTokenLocation().getByteOffset();
                var event = eventOrOther(parser, events.size());
                long length = parser.currentLocation().getByteOffset() - begin;
                events.add(length > eventBytesMax ? tooLarge(events.size(), eventBytesMax) : event);
            }
            requireEnd(parser);
            return events;
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /** Reads the body of the binary form, which is the data alone. */
    static void dataInto(EventDraft draft, byte[] body) {
        if (body.length == 0) {
            return;
        }
        try (var parser = parser(body)) {
            parser.nextToken();
            data(parser, draft);
            requireEnd(parser);
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    static ReadEvent tooLarge(int index, int eventBytesMax) {
        return new ReadEvent.IllFormed(
                index, null, null, "the event has more than " + eventBytesMax + " bytes: leave data out of it");
    }

    private static ReadEvent eventOrOther(JsonParser parser, int index) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return event(parser, index);
        }
        parser.skipChildren();
        return new ReadEvent.IllFormed(index, null, null, "the element is no JSON object: send a CloudEvent");
    }

    private static ReadEvent event(JsonParser parser, int index) {
        var draft = new EventDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
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
        return draft.finish(index);
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
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
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

    private static JsonParser parser(byte[] body) {
        return JSON.createParser(ObjectReadContext.empty(), body);
    }

    private static void requireToken(JsonToken found, JsonToken expected, String what) {
        if (found != expected) {
            throw UnreadableRequest.notJson("The JSON does not begin as expected: send " + what);
        }
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

    private static UnreadableRequest broken(JacksonException e) {
        return UnreadableRequest.notJson(
                "This is no valid JSON in UTF-8: " + Excerpt.shortened(e.getOriginalMessage()) + " at byte "
                        + (e.getLocation() == null ? "unknown" : e.getLocation().getByteOffset()));
    }
}
