package io.drawdown.local;

import io.drawdown.local.platform.Home;
import io.drawdown.local.platform.Jvm;
import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Another program of this project, run in the terminal with the arguments it was given. */
final class Program {

    private Program() {}

    /** Runs the program of this module and returns its exit code. */
    static int run(String module, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        var home = Home.fromSystem();
        var jar = home.jar(module);
        if (!Files.isRegularFile(jar)) {
            throw new PlatformException(jar + " is missing. Run this without DRAWDOWN_NO_BUILD, or build it with"
                    + " ./mvnw package -DskipTests.");
        }
        var command = new ArrayList<>(Jvm.command(options));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).inheritIO().directory(home.project().toFile());
        builder.environment().put("DRAWDOWN_HOME", home.folder().toString());
        return await(builder.start());
    }

    /** Ctrl-C reaches both processes: this one goes last, so that the prompt comes back when all is said. */
    private static int await(Process program) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            program.destroy();
            program.onExit().join();
        }));
        return program.waitFor();
    }
}
