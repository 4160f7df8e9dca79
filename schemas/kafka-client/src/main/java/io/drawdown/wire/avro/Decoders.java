package io.drawdown.wire.avro;

import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** One decoder for each schema id that has come by. */
final class Decoders {

    private final SchemaRegistry registry;
    private final @Nullable GeneratedClasses classes;
    private final Map<Integer, RecordDecoder> byId = new ConcurrentHashMap<>();
    private volatile @Nullable Last last;

    /** @param classes null to read generic records */
    Decoders(SchemaRegistry registry, @Nullable GeneratedClasses classes) {
        this.registry = registry;
        this.classes = classes;
    }

    RecordDecoder of(int id) {
        var recent = last;
        if (recent != null && recent.id == id) {
            return recent.decoder; // Most topics hold one type: no boxing, no hashing.
        }
        var decoder = byId.get(id);
        if (decoder == null) {
            decoder = create(id);
            byId.put(id, decoder);
        }
        last = new Last(id, decoder);
        return decoder;
    }

    private RecordDecoder create(int id) {
        var writer = writer(id);
        WeightlessValues.refuse(writer);
        return classes == null ? new RecordDecoder(writer, writer, GenericData.get()) : classes.decoder(writer);
    }

    private Schema writer(int id) {
        try {
            return registry.schema(id);
        } catch (RegistryRefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            throw new UnknownSchemaException(id, e);
        }
    }

    private record Last(int id, RecordDecoder decoder) {}
}
