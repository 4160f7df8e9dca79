package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Excerpt;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.UsageForm;
import io.drawdown.usage.wire.Rejections.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent while it is being read: what was found so far, and the first thing that was wrong.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a>
 */
final class EventDraft {

    /** The attributes that are read; any other is an extension, which is allowed and has no meaning here. */
    private static final List<String> READ =
            List.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype");

    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type", "subject");

    private final Map<String, String> attributes = new HashMap<>();
    private Map<String, String> data = Map.of();
    private @Nullable String fault;

    static boolean isRead(String attribute) {
        return READ.contains(attribute);
    }

    void attribute(String name, String value) {
        attributes.put(name, value);
    }

    void data(Map<String, String> members) {
        data = members;
    }

    /** Only the first fault is told: the others are often its consequences. */
    void fault(String detail) {
        if (fault == null) {
            fault = detail;
        }
    }

    ReadEvent finish(int index, ReadEvent.Sent sent) {
        checkAttributes();
        var time = time();
        if (fault == null) {
            var usage = new Usage(value("id"), value("source"), value("type"), value("subject"), time, data);
            var refusal = UsageForm.refusalOf(usage);
            if (refusal == null) {
                return new ReadEvent.WellFormed(index, usage, sent);
            }
            fault(refusal.detail());
        }
        var names = new Names(quotable("id"), quotable("source"), quotable("type"), quotable("subject"));
        return new ReadEvent.IllFormed(index, names, String.valueOf(fault), sent);
    }

    private void checkAttributes() {
        for (var name : REQUIRED) {
            if (value(name).isEmpty()) {
                fault("attribute " + name + " is missing or empty: "
                        + (name.equals("subject")
                                ? "send the account's id or one of its external keys"
                                : "CloudEvents 1.0 requires it"));
            }
        }
        if (!value("specversion").equals("1.0")) {
            fault("specversion is " + Excerpt.of(value("specversion")) + ": only 1.0 is understood");
        }
        if (!isJson(value("datacontenttype"))) {
            fault("datacontenttype is " + Excerpt.of(value("datacontenttype")) + ": send data as application/json");
        }
        checkSource();
    }

    private void checkSource() {
        try {
            new URI(value("source"));
        } catch (URISyntaxException e) {
            fault("source " + Excerpt.of(value("source")) + " is no URI reference: send one such as /api-gateway/eu");
        }
    }

    private @Nullable Instant time() {
        var text = value("time");
        try {
            var time = text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
            return time == null ? null : Instant.ofEpochMilli(time.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            fault("time " + Excerpt.of(text) + " is no RFC 3339 time: send one such as 2026-11-20T10:00:00Z");
            return null;
        }
    }

    private static boolean isJson(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private String value(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    private @Nullable String quotable(String attribute) {
        var text = attributes.get(attribute);
        boolean isQuotable = text != null
                && !text.isEmpty()
                && text.length() <= UsageForm.ATTRIBUTE_LENGTH_MAX
                && UsageForm.isWellFormed(text);
        return isQuotable ? text : null;
    }
}
