package io.drawdown.bench.platform;

import io.drawdown.bench.measure.ResidentMemory;
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
}
