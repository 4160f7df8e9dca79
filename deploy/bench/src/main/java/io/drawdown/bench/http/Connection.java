package io.drawdown.bench.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One kept-alive HTTP/1.1 connection that costs next to nothing, so that what is measured is the server. */
public final class Connection implements Closeable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String head;

    /** @param headers sent with every request, such as {@code Authorization: Bearer …} */
    public Connection(URI server, List<String> headers) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
        head = " HTTP/1.1\r\nHost: " + server.getHost() + ":" + server.getPort() + "\r\n"
                + headers.stream().map(header -> header + "\r\n").collect(Collectors.joining());
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param body ASCII; empty for none
     * @return the answer's body
     * @throws IOException when it is no success
     */
    public String send(String method, String target, String body) throws IOException {
        var request = method + " " + target + head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return read(method + " " + target);
    }

    /**
     * Sends a request whose body is made while it is sent, so that nobody has to hold it, and reads its answer.
     *
     * @param parts of the body, one after the other; ASCII, none empty
     * @return the answer's body
     * @throws IOException when it is no success
     */
    public String send(String method, String target, Iterable<String> parts) throws IOException {
        var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        write(out, method + " " + target + head + "Transfer-Encoding: chunked\r\n\r\n");
        for (var part : parts) {
            write(out, Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
        }
        write(out, "0\r\n\r\n");
        out.flush();
        return read(method + " " + target);
    }

    private static void write(OutputStream out, String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.ISO_8859_1));
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
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException(request + " gave " + status + ": " + body);
        }
        return body;
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection");
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
