package io.drawdown.wallet.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The schemas in which stored events were ever written, from resources {@code stored-events/<type>/<revision>.avsc}. */
final class ReleasedSchemas {

    private final Map<String, Schema> loaded = new ConcurrentHashMap<>();

    /**
     * The writer's schema.
     *
     * @throws IllegalStateException if that revision is unknown, as when a newer version of this service has written
     */
    Schema of(String typeName, String revision) {
        return loaded.computeIfAbsent("stored-events/" + simple(typeName) + "/" + revision + ".avsc", this::load);
    }

    private Schema load(String resource) {
        try (var stream = ReleasedSchemas.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "No schema " + resource
                                + " in this version of wallet-service: a newer version has written such events; deploy that one");
            }
            return new Schema.Parser().parse(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + resource + " from the jar", e);
        }
    }

    private static String simple(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1);
    }
}
