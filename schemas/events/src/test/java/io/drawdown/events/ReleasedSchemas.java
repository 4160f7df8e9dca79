package io.drawdown.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every version of every schema that was ever released, as files {@code <full name>/v<number>.avsc}. A file is never changed
 * or deleted: some record on some topic may have been written with it.
 */
final class ReleasedSchemas {

    private final Path folder;

    ReleasedSchemas(Path folder) {
        this.folder = folder;
    }

    /** All versions of a record, oldest first; empty for one that is new. */
    List<Schema> of(String fullName) {
        var versions = new ArrayList<Schema>();
        for (int number = 1; Files.exists(file(fullName, number)); number++) {
            versions.add(read(file(fullName, number)));
        }
        return versions;
    }

    List<String> names() {
        try (var folders = Files.list(folder)) {
            return folders.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records the schema as the next version. */
    void add(Schema schema) {
        var file = file(schema.getFullName(), of(schema.getFullName()).size() + 1);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, new Schema.Parser().parse(Schemas.portable(schema)).toString(true) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String fullName, int number) {
        return folder.resolve(fullName).resolve("v" + number + ".avsc");
    }

    private static Schema read(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
