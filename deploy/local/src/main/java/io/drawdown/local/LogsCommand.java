package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of one process. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what a process has said.")
final class LogsCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 200;

    @Parameters(paramLabel = "NAME", description = "The process, as in status, or supervisor.")
    String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.fromSystem();
        var log = home.log(name);
        if (!log.startsWith(home.logs()) || !Files.exists(log)) {
            throw new PlatformException("There is no log of " + name + ". There are: " + known(home));
        }
        var tail = new LogTail(log, 0);
        print(tail);
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            print(tail);
        }
        return 0;
    }

    private static void print(LogTail tail) throws IOException {
        for (var text = tail.more(); !text.isEmpty(); text = tail.more()) {
            System.out.print(text);
            System.out.flush();
        }
    }

    private static String known(Home home) throws IOException {
        if (!Files.isDirectory(home.logs())) {
            return "none yet; deploy/drawdown up writes them.";
        }
        try (var logs = Files.list(home.logs())) {
            return logs.map(log -> log.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
