package io.drawdown.wallet.snapshot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the form of a type. */
final class Forms {

    private Forms() {}

    /** @throws IllegalArgumentException if it is none of records, sealed types, enums, collections of these and the scalars */
    static Form of(Type type) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofCollection(generic);
            default -> throw unknown(type);
        };
    }

    private static Form ofClass(Class<?> type) {
        var scalar = Scalar.ALL.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isRecord()) {
            return Structure.of(type);
        }
        if (type.isEnum()) {
            return new Choice(List.of(type.getEnumConstants()));
        }
        if (type.isSealed()) {
            return Variant.of(type);
        }
        throw unknown(type);
    }

    private static Form ofCollection(ParameterizedType type) {
        var parts = Stream.of(type.getActualTypeArguments()).map(Forms::of).toList();
        var first = parts.getFirst();
        return switch (type.getRawType()) {
            case Class<?> raw when raw == List.class -> new Elements("list", first, false, List::copyOf);
            case Class<?> raw when raw == Set.class -> new Elements("set", first, true, Set::copyOf);
            case Class<?> raw
            when raw == SequencedMap.class -> new Entries("sequence", first, parts.getLast(), false, Forms::inSequence);
            case Class<?> raw when raw == Map.class -> new Entries("map", first, parts.getLast(), true, Map::copyOf);
            default -> throw unknown(type);
        };
    }

    private static Map<Object, Object> inSequence(Map<Object, Object> entries) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException("A snapshot has no form for " + type + "; give it one in Forms or Scalar");
    }
}
