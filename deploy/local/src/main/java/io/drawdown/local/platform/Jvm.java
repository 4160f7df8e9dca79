package io.drawdown.local.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a Java program is started here. */
public final class Jvm {

    private static final List<String> ALWAYS = List.of(
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "-Djava.net.preferIPv4Stack=true",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            // Avro instantiates no class by reflection that is not named here.
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.drawdown,org.axonframework.messaging,java.math");

    private Jvm() {}

    /** {@code java} with the settings of every program here, then these options. */
    public static List<String> command(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ALWAYS);
        command.addAll(options);
        return command;
    }
}
