package io.drawdown.usage.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/**
 * Reads the binary form: attributes in {@code ce-} headers, data as the body.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">CloudEvents,
 *     HTTP protocol binding, 3.1</a>
 */
final class BinaryEvent {

    static final String SPEC_VERSION_HEADER = "ce-specversion";
    private static final String PREFIX = "ce-";
    private static final int LAST_OF_ASCII = 0x7f;

    private BinaryEvent() {}

    static ReadEvent read(HttpHeaders headers, byte[] body) {
        var draft = new EventDraft();
        headers.forEach((header, values) -> {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && EventDraft.isRead(name.substring(PREFIX.length()))) {
                attribute(draft, name, values);
            }
        });
        var contentType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        draft.attribute("datacontenttype", contentType == null ? "" : contentType);
        JsonEvents.dataInto(draft, body);
        return draft.finish(0, () -> message(headers, body));
    }

    /** Those lines of the message that are the event: its attributes, an empty line, its data. */
    private static byte[] message(HttpHeaders headers, byte[] body) {
        var message = new ByteArrayOutputStream();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX) || name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                values.forEach(value -> message.writeBytes((name + ": " + value + "\r\n").getBytes(ISO_8859_1)));
            }
        });
        message.writeBytes("\r\n".getBytes(ISO_8859_1));
        message.writeBytes(body);
        return message.toByteArray();
    }

    private static void attribute(EventDraft draft, String header, List<String> values) {
        if (values.size() > 1) {
            draft.fault("header " + header + " stands " + values.size() + " times: send it once");
            return;
        }
        var value = values.getFirst();
        if (!isAscii(value)) {
            // Which characters these bytes are meant to be cannot be told.
            draft.fault("header " + header + " is not ASCII: percent-encode what is beyond, in UTF-8");
            return;
        }
        draft.attribute(header.substring(PREFIX.length()), decoded(unquoted(value)));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character <= LAST_OF_ASCII);
    }

    /** A text in double quotes means what is between them, and a backslash there the character behind it; any other text stays. */
    static String unquoted(String text) {
        int end = text.length() - 1;
        if (end < 1 || text.charAt(0) != '"' || text.charAt(end) != '"') {
            return text;
        }
        var meant = new StringBuilder(end);
        for (int i = 1; i < end; i++) {
            if (text.charAt(i) == '\\' && i + 1 < end) {
                i++;
            }
            meant.append(text.charAt(i));
        }
        return meant.toString();
    }

    /** Undoes the percent-encoding of what a header cannot hold; what is not encoded properly stays as it is. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int octet = octet(text, i);
            if (octet >= 0) {
                bytes.write(octet);
                i += 2;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int octet(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
