package io.drawdown.wire.avro;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What is configured beside the registry's address; the keys are Confluent's.
 *
 * @param autoRegister {@code auto.register.schemas}: register an unknown schema instead of failing; default true
 * @param useLatest {@code use.latest.version}: write with the subject's newest schema; asks for autoRegister off; default
 *     false
 * @param latestStrict {@code latest.compatibility.strict}: refuse when that schema cannot read ours; default true
 * @param latestTtl {@code latest.cache.ttl.sec}: how long the newest schema is believed to be the newest; null for ever
 * @param normalize {@code normalize.schemas}: let the registry normalize before it compares; default false
 * @param removeJavaProperties {@code avro.remove.java.properties}: register the schema without what only Java needs;
 *     default true, which is the one default that differs from Confluent's
 * @param specificReader {@code specific.avro.reader}: read generated classes instead of generic records; default false
 */
record SerdeSettings(
        boolean autoRegister,
        boolean useLatest,
        boolean latestStrict,
        @Nullable Duration latestTtl,
        boolean normalize,
        boolean removeJavaProperties,
        boolean specificReader) {

    static SerdeSettings from(Map<String, ?> config) {
        var settings = new SerdeSettings(
                flag(config, "auto.register.schemas", true),
                flag(config, "use.latest.version", false),
                flag(config, "latest.compatibility.strict", true),
                seconds(config, "latest.cache.ttl.sec"),
                flag(config, "normalize.schemas", false),
                flag(config, "avro.remove.java.properties", true),
                flag(config, "specific.avro.reader", false));
        if (settings.useLatest() && settings.autoRegister()) {
            throw new ConfigException("use.latest.version is set, but auto.register.schemas registers the record's own"
                    + " schema: set auto.register.schemas=false with it");
        }
        return settings;
    }

    private static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
        var value = config.get(key);
        return switch (value == null ? "" : value.toString().strip()) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, value, "Expected true or false");
        };
    }

    private static @Nullable Duration seconds(Map<String, ?> config, String key) {
        var value = config.get(key);
        try {
            long seconds = value == null ? -1 : Long.parseLong(value.toString().strip());
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw new ConfigException(key, value, "Expected a number of seconds, or -1 for ever");
        }
    }
}
