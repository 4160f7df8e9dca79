package io.drawdown.wire.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Topic;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortableSchemaTest {

    static Stream<Class<? extends SpecificRecord>> records() {
        return Stream.of(Topic.values()).flatMap(topic -> topic.records().stream());
    }

    @ParameterizedTest
    @MethodSource("records")
    void leavesOutJavasPropertiesAndNothingElse(Class<? extends SpecificRecord> type) {
        var schema = SpecificData.get().getSchema(type);

        var text = PortableSchema.of(schema);

        assertThat(text).doesNotContain("avro.java");
        var parsed = new Schema.Parser().parse(text);
        assertThat(SchemaNormalization.toParsingForm(parsed)).isEqualTo(SchemaNormalization.toParsingForm(schema));
        assertThat(parsed.getDoc()).isEqualTo(schema.getDoc());
        assertThat(parsed.getFields()).hasSameSizeAs(schema.getFields());
    }
}
