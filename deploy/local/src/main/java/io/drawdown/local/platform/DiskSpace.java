package io.drawdown.local.platform;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for room before anything is written: a server that meets a full disk half way is hard to understand. */
public final class DiskSpace {

    private static final long MEGABYTE = 1_000_000;
    private static final long FIRST_START = 1_500 * MEGABYTE;
    private static final long LATER_START = 500 * MEGABYTE;
    private static final long TRAINING = 3_000 * MEGABYTE;
    private static final long CACHES = 1_000 * MEGABYTE;

    private DiskSpace() {}

    /**
     * Returns when there is room for the platform to start and work for a while.
     *
     * @throws PlatformException naming what is needed and what there is
     */
    public static void require(Home home) throws IOException {
        var needed = Files.exists(home.data("postgres")) ? LATER_START : FIRST_START;
        require(home.folder(), Files.getFileStore(home.folder()).getUsableSpace(), needed);
    }

    /**
     * Returns when there is room for a platform that is trained, and for what it learns.
     *
     * @throws PlatformException naming what is needed and what there is
     */
    public static void requireForTraining(Home home) throws IOException {
        Files.createDirectories(home.caches());
        require(home.folder(), Files.getFileStore(home.folder()).getUsableSpace(), TRAINING);
        require(home.caches(), Files.getFileStore(home.caches()).getUsableSpace(), CACHES);
    }

    static void require(Path folder, long available, long needed) {
        if (available < needed) {
            throw new PlatformException("Too little room in " + folder + ": " + needed / MEGABYTE + " MB are needed, "
                    + available / MEGABYTE
                    + " MB are free. Make room, or let DRAWDOWN_HOME name a folder on another disk.");
        }
    }
}
