package io.drawdown.wallet.api;

import java.time.Instant;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads instants from text only. Jackson would take a number for seconds, while most who send one mean milliseconds and would get
 * a year beyond all calendars.
 */
@JacksonComponent
class InstantText extends StdScalarDeserializer<Instant> {

    InstantText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
        return isText(json)
                ? InstantDeserializer.INSTANT.deserialize(json, context)
                : (Instant) context.handleUnexpectedToken(getValueType(context), json);
    }

    /** A number in quotes is one to Jackson too. */
    private static boolean isText(JsonParser json) {
        return json.hasToken(JsonToken.VALUE_STRING) && json.getString().contains(":");
    }
}
