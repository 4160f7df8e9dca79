package io.drawdown.demo.client;

import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/**
 * A process of the local platform, as its supervisor describes it.
 *
 * @param name the process, as {@code status} lists it
 * @param pid the operating system's id of the process
 */
public record RunningProcess(String name, long pid) {

    /**
     * Looks a process up in the {@code run} folder beside the environment's description.
     *
     * @throws IllegalStateException when the supervisor knows no such process
     */
    public static RunningProcess named(String name, Path environmentFile) {
        var file = environmentFile.toAbsolutePath().resolveSibling("run").resolve(name + ".json");
        try {
            return new RunningProcess(
                    name, Exchange.JSON.readTree(file.toFile()).get("pid").longValue());
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "Cannot tell the process of " + name + ": it is not run by this machine's deploy/drawdown up", e);
        }
    }

    /**
     * Kills the process as SIGKILL does, without a chance to clean up.
     *
     * @return the id of the process that is no more
     */
    public long kill() {
        var process = ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalStateException(name + " is not running as process " + pid));
        process.destroyForcibly();
        process.onExit().join();
        return pid;
    }
}
