package io.drawdown.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every version of a record that was ever released, as files that never change: for who keeps records as bytes and reads them
 * with a later version. On the topics the registry has them.
 */
public final class ReleasedVersions {

    private ReleasedVersions() {}

    /**
     * The released versions of a record, oldest first.
     *
     * @param recordName the record's full name
     * @return empty for a record that was never released
     */
    public static List<Schema> of(String recordName) {
        return IntStream.iterate(1, version -> version + 1)
                .mapToObj(version -> read(recordName, version))
                .takeWhile(Objects::nonNull)
                .toList();
    }

    private static @Nullable Schema read(String recordName, int version) {
        try (var file = open(recordName, version)) {
            return file == null ? null : new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Version " + version + " of " + recordName + " cannot be read.", e);
        }
    }

    private static @Nullable InputStream open(String recordName, int version) {
        return ReleasedVersions.class.getResourceAsStream("/released/" + recordName + "/v" + version + ".avsc");
    }
}
