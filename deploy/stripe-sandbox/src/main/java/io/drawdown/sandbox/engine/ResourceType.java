package io.drawdown.sandbox.engine;

import java.util.List;

/**
 * A resource as data.
 *
 * @param name what {@code object} says, the kind in the store and the name in the description
 * @param prefix of ids, without the underscore
 * @param path of its collection, {@code /v1/customers}
 * @param label for messages, {@code customer}
 * @param keys the paths that lists filter by
 */
public record ResourceType(String name, String prefix, String path, String label, List<String> keys) {

    public ResourceType(String name, String prefix, String path, String label, String... keys) {
        this(name, prefix, path, label, List.of(keys));
    }
}
