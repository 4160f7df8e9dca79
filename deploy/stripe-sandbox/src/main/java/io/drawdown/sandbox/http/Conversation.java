package io.drawdown.sandbox.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One connection: requests and answers in turn, until either side ends it. */
final class Conversation implements Closeable {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final int LINGER_MILLIS = 1_000;
    private static final long MAX_DRAINED = 16L << 20;

    private final Socket socket;
    private final Site site;
    private final Limits limits;
    private final Wire wire;
    private final OutputStream out;
    private final RequestReader reader;
    private volatile boolean answering;
    private volatile boolean finishing;

    Conversation(Socket socket, Site site, Limits limits) throws IOException {
        this.socket = socket;
        this.site = site;
        this.limits = limits;
        socket.setTcpNoDelay(true);
        wire = new Wire(socket);
        out = socket.getOutputStream();
        reader = new RequestReader(wire, new BodyReader(wire, out, limits.bodyBytes()));
    }

    void hold() {
        try (socket) {
            boolean more = true;
            while (more && !finishing) {
                wire.allow(limits.idleMillis());
                more = wire.hasMore() && exchange();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection ended: {0}", e.toString());
        }
    }

    /** Ends it: at once between requests, and after the answer when one is under way. */
    void finish() throws IOException {
        finishing = true;
        if (!answering) {
            close();
        }
    }

    private boolean exchange() throws IOException {
        answering = true;
        try {
            wire.allow(limits.requestMillis());
            return answerNext();
        } catch (Refusal refusal) {
            return refuse(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (SocketTimeoutException e) {
            return refuse(408, "The request did not come to its end within " + limits.requestMillis() + " ms.");
        } finally {
            answering = false;
        }
    }

    private boolean answerNext() throws IOException, Refusal {
        var read = reader.next();
        var answer = read == null ? null : site.answer(read.request());
        if (read == null || answer == null) {
            return false;
        }
        out.write(answer.wire(read.last(), !read.request().method().equals("HEAD")));
        return !read.last();
    }

    private boolean refuse(int status, String message) throws IOException {
        out.write(site.refuse(status, message).wire(true, true));
        socket.shutdownOutput();
        wire.allow(LINGER_MILLIS);
        wire.drain(MAX_DRAINED);
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
