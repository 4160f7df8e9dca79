package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.process.Launcher;
import io.drawdown.local.process.LogFile;
import io.drawdown.local.supervisor.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The platform in a process that outlives the shell; this one only watches until it is ready. */
final class Detached {

    private final Home home;
    private final Following following;

    Detached(Home home, Following following) {
        this.home = home;
        this.following = following;
    }

    int run(List<String> options) throws IOException, InterruptedException {
        home.create();
        var log = home.log(RunFiles.SUPERVISOR);
        LogFile.rotate(log);
        var tail = new LogTail(log);
        var supervisor = Launcher.launch(command(options), Map.of(), log);
        // Whoever interrupts the wait means the whole start, not just the waiting.
        var interrupted = new Thread(supervisor::destroy, "interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        var code = following.untilReady(supervisor.toHandle(), tail);
        Runtime.getRuntime().removeShutdownHook(interrupted);
        return code ? 0 : supervisor.waitFor();
    }

    private List<String> command(List<String> options) {
        var command = new ArrayList<>(SelfCommand.java(home));
        command.addAll(List.of("up", "--background"));
        command.addAll(options);
        return command;
    }

    /** How this very program is started once more. */
    private static final class SelfCommand {
        private static List<String> java(Home home) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.net.preferIPv4Stack=true",
                    "-Ddrawdown.root=" + home.project(),
                    "-Ddrawdown.home=" + home.folder(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Drawdown.class.getName());
        }
    }
}
