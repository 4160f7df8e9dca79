package io.drawdown.chaos.platform;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.JsonApi;
import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Secrets;
import io.drawdown.local.process.PortCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The ledger and what talks to Stripe, as packaged, each in a process of its own beside real servers. The services that feed them
 * are absent.
 */
public final class RunningLedger implements AutoCloseable {

    /** The ledger's process. */
    public static final String WALLET = "wallet";

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path AGENT = Path.of("target/chaos-0.1.0-agent.jar").toAbsolutePath();
    private static final int POSTGRES = 32;

    private final Home home;
    private final int portBase;
    private final ChaosPlatform platform;
    private final AbsentServices absent;

    private RunningLedger(Home home, int portBase) throws IOException, InterruptedException {
        this.home = home;
        this.portBase = portBase;
        this.platform = ChaosPlatform.startFor(List.of(WALLET, "billing-sync"), home, portBase, AGENT, _ -> {});
        this.absent = new AbsentServices(platform.environment());
    }

    static RunningLedger start() throws IOException, InterruptedException {
        return new RunningLedger(new Home(PROJECT, Files.createTempDirectory("drawdown-chaos-it-")), freePorts());
    }

    /** Below the ports that Linux gives to connections, since one of those could take a port before its server does. */
    private static int freePorts() {
        return new Random()
                .ints(20_000, 32_000)
                .filter(base -> IntStream.of(2, 3, 10, 11, 32, 81, 82, 92, 93, 102, 103)
                        .allMatch(offset -> PortCheck.isFree(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    public ChaosPlatform platform() {
        return platform;
    }

    /** Tells what the absent services would. */
    public AbsentServices absent() {
        return absent;
    }

    public Environment environment() {
        return platform.environment();
    }

    /** The ledger's interface, to a billing operator. */
    public JsonApi wallets() {
        return environment().api(WALLET, "billing");
    }

    /** The ledger's database. */
    public Connection database() throws SQLException {
        var password = Secrets.of(home.secrets()).postgresPassword();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (portBase + POSTGRES) + "/wallet", "drawdown", password);
    }

    @Override
    public void close() {
        absent.close();
        platform.close();
        home.delete();
    }
}
