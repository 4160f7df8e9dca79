package io.drawdown.local.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The folder of run files: one JSON file per process, replaced as a whole so that a reader never sees half of one. */
public final class RunFiles {

    /** The name under which the supervisor records itself. */
    public static final String SUPERVISOR = "supervisor";

    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    public RunFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes or replaces the file of this process. */
    public void write(RunRecord entry) {
        var target = file(entry.name());
        try {
            Files.createDirectories(folder);
            var fresh = Files.createTempFile(folder, "." + entry.name(), ".new");
            Files.writeString(fresh, JSON.writeValueAsString(entry));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Could not write " + target + "; is the disk full?", e);
        }
    }

    /** The file of this process; empty when there is none or it cannot be read. */
    public Optional<RunRecord> read(String name) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file(name)), RunRecord.class));
        } catch (IOException | JacksonException none) {
            return Optional.empty();
        }
    }

    /** The supervisor, if it runs now. */
    public Optional<RunRecord> supervisor() {
        return read(SUPERVISOR).filter(RunRecord::isAlive);
    }

    /** All processes but the supervisor, in the order in which they are stopped: the highest rank first. */
    public List<RunRecord> processes() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.equals(SUPERVISOR + SUFFIX))
                    .flatMap(name -> read(name.substring(0, name.length() - SUFFIX.length())).stream())
                    .sorted(Comparator.comparingInt(RunRecord::rank).reversed().thenComparing(RunRecord::name))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Could not read " + folder, e);
        }
    }

    /** Removes the file of this process, if there is one. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Could not remove " + file(name), e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
