package io.drawdown.bench.platform;

import io.drawdown.bench.report.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a benchmark's platforms live: a folder of its own, and ports beside those of a platform that runs. */
public final class Ground {

    private static final int ABOVE_THE_PLATFORM = 120;

    @Option(names = "--port-base", defaultValue = "7300", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private final List<Boolean> startedFromCache = new ArrayList<>();

    /** Makes the folder for data and logs, and says where it is. */
    public Path folder(String bench) throws IOException {
        var folder = Files.createTempDirectory("drawdown-bench-" + bench + "-");
        Output.progress("Data and logs of this run: " + folder);
        return folder;
    }

    public BenchPlatform platform(Path folder) {
        return BenchPlatform.in(folder, portBase, startedFromCache::add);
    }

    /** A port that no part of the platform listens on. */
    public int freePort() {
        return portBase + ABOVE_THE_PLATFORM;
    }

    /** For the conditions of a report: whether every service that was measured started from its AOT cache. */
    public Map<String, Object> conditions() {
        return Map.of("aot_cache", !startedFromCache.isEmpty() && !startedFromCache.contains(false));
    }
}
