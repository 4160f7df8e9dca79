package io.drawdown.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One HTTP answer; its length and connection headers are added when it is written.
 *
 * @param headers must hold no line breaks
 */
public record Outgoing(int status, Map<String, String> headers, byte[] body) {

    private static final Map<Integer, String> REASONS = Map.of(
            200,
            "OK",
            302,
            "Found",
            303,
            "See Other",
            400,
            "Bad Request",
            401,
            "Unauthorized",
            402,
            "Payment Required",
            404,
            "Not Found",
            409,
            "Conflict",
            429,
            "Too Many Requests",
            500,
            "Internal Server Error");

    /** As it goes over the wire, in one piece. */
    byte[] wire(boolean last, boolean withBody) {
        var head = new StringBuilder(256).append("HTTP/1.1 ").append(status).append(' ');
        head.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
        headers.forEach((name, value) -> header(head, name, value));
        header(head, "Content-Length", Integer.toString(body.length));
        if (last) {
            header(head, "Connection", "close");
        }
        var wire = new ByteArrayOutputStream(head.length() + 2 + body.length);
        wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            wire.writeBytes(body);
        }
        return wire.toByteArray();
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n");
    }
}
