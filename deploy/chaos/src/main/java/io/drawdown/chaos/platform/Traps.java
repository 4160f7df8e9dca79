package io.drawdown.chaos.platform;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.agent.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files that arm the agents.
 *
 * @param folder holds one for each process
 */
record Traps(Path folder) {

    Path fileOf(String process) {
        return folder.resolve(process + ".trap");
    }

    /** @param pass the how-manieth time the point is reached; 1 is the next */
    void arm(String process, CrashPoint point, int pass, Effect effect) {
        try {
            Files.createDirectories(folder);
            var fresh = folder.resolve(process + ".new");
            Files.writeString(fresh, point + "\n" + pass + "\n" + effect + "\n");
            Files.move(fresh, fileOf(process), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set a trap for " + process + ": " + e.getMessage(), e);
        }
    }

    boolean isArmed(String process) {
        return Files.exists(fileOf(process));
    }

    void disarm(String process) {
        try {
            Files.deleteIfExists(fileOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take away the trap of " + process + ": " + e.getMessage(), e);
        }
    }
}
