package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.Step;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses to start a program that has not been built, before Java does so in its own words. */
record JarPresent(Path jar) implements Step {

    @Override
    public void run() {
        if (!Files.isRegularFile(jar)) {
            throw new PlatformException(jar + " is missing. Run deploy/drawdown without DRAWDOWN_NO_BUILD, or build it"
                    + " with ./mvnw package -DskipTests.");
        }
    }
}
