package io.drawdown.wire.avro;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * Under which subject a schema is registered.
 *
 * <p>Named in a configuration by its simple name, or by the class of the same name in any package, so that a
 * configuration written for Confluent's serializer works unchanged.
 */
enum SubjectStrategy {
    /** One record type per topic: {@code <topic>-value}. */
    TopicNameStrategy {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return topic + (key ? "-key" : "-value");
        }
    },
    /** One history per record type, wherever it is used: {@code <full name>}. */
    RecordNameStrategy {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return schema.getFullName();
        }
    },
    /** Several record types on a topic, each with its own history there: {@code <topic>-<full name>}. */
    TopicRecordNameStrategy {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    abstract String subject(String topic, boolean key, Schema schema);

    static SubjectStrategy from(Map<String, ?> config, boolean forKey) {
        var configKey = (forKey ? "key" : "value") + ".subject.name.strategy";
        var value = config.get(configKey);
        if (value == null) {
            return TopicRecordNameStrategy;
        }
        var name = value instanceof Class<?> type ? type.getName() : value.toString();
        for (var strategy : values()) {
            if (name.strip().equals(strategy.name()) || name.strip().endsWith("." + strategy.name())) {
                return strategy;
            }
        }
        throw new ConfigException(
                configKey, value, "Expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }
}
