package io.drawdown.wire.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.usage.UsageEvent;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectStrategyTest {

    private static final String KEY = "value.subject.name.strategy";

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, io.drawdown.events.usage.UsageEvent",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-io.drawdown.events.usage.UsageEvent",
        "TopicRecordNameStrategy, t-io.drawdown.events.usage.UsageEvent"
    })
    void takesConfluentsNamesAndItsOwn(String name, String subject) {
        var strategy = SubjectStrategy.from(Map.of(KEY, name), false);

        assertThat(strategy.subject("t", false, UsageEvent.getClassSchema())).isEqualTo(subject);
    }

    @Test
    void namesEachRecordTypeOfATopicUnlessTold() {
        assertThat(SubjectStrategy.from(Map.of(), false)).isEqualTo(SubjectStrategy.TopicRecordNameStrategy);
    }

    @Test
    void refusesAStrategyItDoesNotKnow() {
        assertThatThrownBy(() -> SubjectStrategy.from(Map.of(KEY, "com.example.MyStrategy"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("TopicNameStrategy");
    }
}
