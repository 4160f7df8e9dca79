package io.drawdown.chaos;

import io.drawdown.chaos.check.Check;
import io.drawdown.chaos.check.Verification;
import io.drawdown.chaos.fault.Breakage;
import io.drawdown.chaos.fault.Injection;
import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Traffic;
import io.drawdown.chaos.platform.ChaosPlatform;
import io.drawdown.chaos.platform.Service;
import io.drawdown.local.platform.Home;
import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code drawdown chaos ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description =
                "Usage and its corrections, grants, holds, top-ups and refunds, while the gate, the ledger, Kafka and"
                        + " PostgreSQL die again and again; then every balance is checked against what was sent.",
        footer = {
            "",
            "The exit code is 0 when all holds, 1 when something does not (the evidence is printed), 2 when the run"
                    + " itself could not be done."
        })
public final class LedgerChaos implements Callable<Integer> {

    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration UNTIL_ALL_ARE_BACK = Duration.ofMinutes(6);
    private static final String REPORTING = "reporting";
    private static final double MINUTES = 2;
    private static final double MINUTES_FOR_EVERY_FAULT = 15;

    @Option(
            names = "--minutes",
            description = "How long it is used and broken (default: 2; at most 15 with --every-fault). Each fault comes"
                    + " once before any comes twice.")
    private @Nullable Double minutes;

    @Option(names = "--every-fault", description = "Go on until every fault has come once, and fail if one has not.")
    private boolean everyFault;

    @Option(names = "--seed", description = "Replays the schedule of a run; a new one when absent.")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            defaultValue = "300",
            description = "Events of usage a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--accounts",
            defaultValue = "20",
            description = "Accounts beside the hot one (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    @Option(names = "--port-base", defaultValue = "7500", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private final long begun = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var schedule = seed == null ? new Random().nextInt(1_000_000) : seed;
        var folder = Files.createTempDirectory("drawdown-chaos-");
        progress("Seed %d. Data and logs of this run: %s".formatted(schedule, folder));
        try (var platform = ChaosPlatform.start(new Home(project(), folder), portBase, agent(), this::progress)) {
            var report = run(platform, schedule);
            System.out.print(json ? report.json() + System.lineSeparator() : report.text());
            return report.holds() ? 0 : 1;
        }
    }

    private ChaosReport run(ChaosPlatform platform, long schedule) throws InterruptedException {
        var environment = platform.environment();
        var cast = Accounts.of(accounts, schedule);
        var sent = new Sent();
        var catalogue = cast.open(environment, this::progress);
        var traffic = Traffic.begin(environment, cast, catalogue, sent, "/chaos/" + schedule, rate, schedule);
        var heart = Thread.ofVirtual().start(() -> beat(platform, sent));
        var injections = breakIt(new Breakage(platform, schedule, fault -> tell(fault, sent)));
        heart.interrupt();
        progress("No more faults. Waiting until all is answered");
        traffic.stop();
        var back = awaitAll(platform);
        cast.stopReplenishing(environment.api(Service.WALLET.processName(), "billing"));
        var verification = new Verification(environment, cast, catalogue, sent);
        var checks = verification.run(this::progress);
        return new ChaosReport(
                schedule,
                injections,
                Stream.of(
                                faults(injections),
                                Stream.of(back),
                                checks.stream(),
                                Stream.of(reported(platform, verification)))
                        .flatMap(stream -> stream)
                        .toList(),
                sent);
    }

    /** It was not there before: it would take the processors from those that are broken, and now it has to read the log whole. */
    private static Check reported(ChaosPlatform platform, Verification verification) throws InterruptedException {
        try {
            platform.startLate(REPORTING);
        } catch (PlatformException e) {
            return new Check("reporting-service starts", 1, List.of(String.valueOf(e.getMessage())));
        }
        return verification.reported(REPORTING);
    }

    private List<Injection> breakIt(Breakage breakage) throws InterruptedException {
        return everyFault ? breakage.untilEachHasCome(time(MINUTES_FOR_EVERY_FAULT)) : breakage.last(time(MINUTES));
    }

    private Stream<Check> faults(List<Injection> injections) {
        return Stream.of(everyFault ? ChaosReport.everyFault(injections) : ChaosReport.everyStep(injections));
    }

    private Duration time(double otherwise) {
        var wanted = minutes == null ? otherwise : minutes;
        return Duration.ofSeconds(Math.round(wanted * Duration.ofMinutes(1).toSeconds()));
    }

    /** A fault may be long in coming: it waits for a process that is on its way back. */
    private void beat(ChaosPlatform platform, Sent sent) {
        LockSupport.parkNanos(BEAT.toNanos());
        while (!Thread.currentThread().isInterrupted()) {
            var away = platform.names().stream()
                    .filter(name -> !platform.areReady(List.of(name)))
                    .collect(Collectors.joining(", "));
            progress("%,7d events of usage; on the way back: %s"
                    .formatted(sent.usage().size(), away.isEmpty() ? "none" : away));
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    private void tell(Injection injection, Sent sent) {
        progress("%,7d events of usage; %s: %s"
                .formatted(sent.usage().size(), injection.fault().name(), injection.detail()));
    }

    private static Check awaitAll(ChaosPlatform platform) {
        var deadline = System.nanoTime() + UNTIL_ALL_ARE_BACK.toNanos();
        while (!platform.areReady(platform.names()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        var missing = platform.names().stream()
                .filter(name -> !platform.areReady(List.of(name)))
                .map(name -> name + " is not back after " + UNTIL_ALL_ARE_BACK)
                .toList();
        return new Check("Every process comes back by itself", platform.names().size(), missing);
    }

    private static Path project() {
        return Path.of(System.getProperty("drawdown.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    private static Path agent() {
        return project().resolve("deploy/chaos/target/chaos-0.1.0-agent.jar");
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    private void progress(String words) {
        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        System.err.printf("%4d s  %s%n", seconds, words);
    }
}
