package io.drawdown.bench.sandbox;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection that costs next to nothing, so that what is measured is the server. */
final class Connection implements Closeable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String host;

    Connection(URI server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
        host = server.getHost() + ":" + server.getPort();
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param form body, for POST
     * @return the answer's body
     * @throws IOException when the status is not 200
     */
    String send(String method, String target, String form) throws IOException {
        var head = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer sk_test_bench\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + form).getBytes(StandardCharsets.ISO_8859_1));
        return read(method + " " + target);
    }

    private String read(String request) throws IOException {
        var status = line();
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(request + " gave " + status + ": " + body);
        }
        return body;
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The sandbox closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
