package io.drawdown.sandbox.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one port, a virtual thread for each connection. */
public final class WebServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());
    private static final int BACKLOG = 512;
    private static final int MAX_CONNECTIONS = 4_000;

    private final ServerSocket listener = new ServerSocket();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private final Site site;
    private final Limits limits;

    /**
     * Listens, but does not answer yet.
     *
     * @param address port 0 takes a free one
     * @throws IOException when the address cannot be had
     */
    public WebServer(InetSocketAddress address, Site site) throws IOException {
        this(address, site, Limits.USUAL);
    }

    WebServer(InetSocketAddress address, Site site, Limits limits) throws IOException {
        this.site = site;
        this.limits = limits;
        listener.setReuseAddress(true);
        listener.bind(address, BACKLOG);
    }

    /** Answers from now on; who came before has waited. */
    public void start() {
        Thread.ofPlatform().name("accept-" + port()).start(this::accept);
    }

    /** The port that it listens on. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            var socket = next();
            if (socket != null) {
                begin(socket);
            }
        }
    }

    /** When all places are taken the next client waits in the backlog. */
    private @Nullable Socket next() {
        places.acquireUninterruptibly();
        try {
            return listener.accept();
        } catch (IOException e) {
            places.release();
            LOG.log(System.Logger.Level.DEBUG, "Nobody came: {0}", e.toString());
            return null;
        }
    }

    private void begin(Socket socket) {
        try {
            var conversation = new Conversation(socket, site, limits);
            conversations.add(conversation);
            if (listener.isClosed()) {
                conversation.finish(); // Whoever closes it may have gone through the others already.
            }
            threads.execute(() -> converse(conversation));
        } catch (IOException | RejectedExecutionException e) {
            places.release();
            LOG.log(System.Logger.Level.DEBUG, "A connection ended before it began: {0}", e.toString());
        }
    }

    private void converse(Conversation conversation) {
        try {
            conversation.hold();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A connection broke", e);
        } finally {
            conversations.remove(conversation);
            places.release();
        }
    }

    /** Lets requests under way end for a while, then stops. */
    @Override
    public void close() {
        try {
            listener.close();
            conversations.forEach(conversation -> quietly(conversation::finish));
            threads.shutdown();
            if (!threads.awaitTermination(limits.graceMillis(), TimeUnit.MILLISECONDS)) {
                conversations.forEach(WebServer::quietly);
                threads.shutdownNow();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing: {0}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing: {0}", e.toString());
        }
    }
}
