package io.drawdown.local.postgres;

import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One PostgreSQL server with its databases.
 *
 * @param software where the programs are unpacked, shared by all servers of this machine's user
 * @param data the data directory; initialised at the first start
 * @param port where it listens, loopback only
 * @param user the superuser, and owner of the databases
 * @param password that user's password
 * @param databases created when missing
 */
public record Cluster(Path software, Path data, int port, String user, String password, List<String> databases) {

    /** For two cores and half a dozen clients with a pool each. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=192MB",
            "max_wal_size=2GB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] %d ");

    /** The process of this name. */
    public ProcessSpec spec(String name) {
        return ProcessSpec.named(name)
                .command(command())
                .ports(new Port(port, "PostgreSQL"))
                .beforeStart(this::prepare)
                .readyWhen(new ServerReady(this))
                .onceReady(new Databases(this))
                .stopsBy(StopSignal.INT)
                .build();
    }

    /** Where a client finds one of the databases. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private List<String> command() {
        var command = new ArrayList<>(
                RootRefusal.evading(programs().folder().resolve("bin/postgres").toString()));
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private void prepare() throws IOException, InterruptedException {
        programs().unpack();
        var directory = new DataDirectory(data, programs().folder());
        directory.initialise(user, password);
        directory.removeStaleLock();
    }

    private Programs programs() {
        return Programs.ofThisMachine(software);
    }
}
