package io.drawdown.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends bytes as they are, and reads what comes back until the server ends the connection. */
public final class RawClient {

    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * @param status 0 when the connection ended without an answer
     * @param head status line and headers
     */
    public record Answer(int status, String head, String body) {

        public JsonNode error() {
            return JsonMapper.shared().readTree(body).path("error");
        }
    }

    private RawClient() {}

    /** A server that hangs is a {@link java.net.SocketTimeoutException} after ten seconds. */
    public static Answer exchange(int port, byte[] request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket, request);
            return parse(read(socket));
        }
    }

    private static void write(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
        } catch (SocketException e) {
            // The server has heard enough and said why: that is what is read next.
        }
    }

    private static String read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Answer parse(String text) {
        int headEnd = text.indexOf("\r\n\r\n");
        return headEnd < 0
                ? new Answer(0, text, "")
                : new Answer(
                        Integer.parseInt(text.substring(9, 12)),
                        text.substring(0, headEnd),
                        text.substring(headEnd + 4));
    }
}
