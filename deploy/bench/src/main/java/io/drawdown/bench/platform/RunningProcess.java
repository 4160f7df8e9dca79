package io.drawdown.bench.platform;

import io.drawdown.bench.measure.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** A process of the platform, as its supervisor describes it. */
record RunningProcess(long pid) {

    static RunningProcess named(String name, Path home) {
        var file = home.resolve("run").resolve(name + ".json");
        return new RunningProcess(
                JsonMapper.shared().readTree(file.toFile()).get("pid").longValue());
    }

    long residentMegabytes() {
        return ResidentMemory.megabytes(pid);
    }

    /** Whether its JVM uses an AOT cache: one that it was given and did not like is not mapped. */
    boolean usesAotCache() {
        try (var mapped = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return mapped.anyMatch(line -> line.endsWith(".aot"));
        } catch (IOException notTold) {
            return false;
        }
    }
}
