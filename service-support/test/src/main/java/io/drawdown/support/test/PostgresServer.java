package io.drawdown.support.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A running PostgreSQL 18. Its durability is switched off: nothing in it has to survive the test run. */
public final class PostgresServer {

    private static final String IMAGE = "postgres:18-alpine";

    private final String host;
    private final int port;
    private final String username;
    private final String password;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(String host, int port, String username, String password) {
        this.host = host;
        this.port = port;
        this.username = username;
        this.password = password;
    }

    /**
     * Creates an empty database.
     *
     * @throws IllegalStateException if the server refuses
     */
    public Database createDatabase() {
        var name = "test_" + databases.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"), username, password);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + host + ":" + port + " gave no new database", e);
        }
        return new Database(url(name), username, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    static PostgresServer start() {
        return Docker.isAvailable() ? inContainer() : embedded();
    }

    @SuppressWarnings("resource") // Testcontainers' own reaper stops the container when this JVM is gone.
    private static PostgresServer inContainer() {
        var container = new PostgreSQLContainer(IMAGE).withCommand("postgres", "-c", "fsync=off");
        container.start();
        return new PostgresServer(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword());
    }

    @SuppressWarnings("resource") // Closed by a shutdown hook that the library adds, or else by the watcher.
    private static PostgresServer embedded() {
        try {
            var dataDirectory = new AtomicReference<File>();
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setDataDirectoryCustomizer(dataDirectory::set)
                    .start();
            ProcessTie.tie(postmaster(dataDirectory.get()));
            return new PostgresServer("127.0.0.1", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    /** The first line of this file is the server's process id, by PostgreSQL's own convention. */
    private static long postmaster(File dataDirectory) throws IOException {
        var lines = Files.readAllLines(dataDirectory.toPath().resolve("postmaster.pid"));
        return Long.parseLong(lines.getFirst().strip());
    }

    /**
     * Where one database is and how to get in.
     *
     * @param url a JDBC URL
     */
    public record Database(String url, String username, String password) {}
}
