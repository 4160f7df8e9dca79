package io.drawdown.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRulesTest {

    static Stream<Schema> named() {
        return Schemas.named().stream();
    }

    static Stream<Schema> onTopics() {
        return Schemas.onTopics().stream();
    }

    @ParameterizedTest
    @MethodSource("named")
    void saysWhatItAndEachOfItsFieldsMeans(Schema schema) {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        if (schema.getType() == Schema.Type.RECORD) {
            assertThat(schema.getFields())
                    .allSatisfy(field -> assertThat(field.doc())
                            .as(schema.getFullName() + "." + field.name())
                            .isNotBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("onTopics")
    void holdsNoBinaryFraction(Schema schema) {
        Schemas.visit(
                schema,
                part -> assertThat(part.getType())
                        .as("amounts and quantities are exact in %s", schema.getFullName())
                        .isNotIn(Schema.Type.FLOAT, Schema.Type.DOUBLE));
    }

    @ParameterizedTest
    @MethodSource("named")
    void letsOldReadersSurviveANewSymbol(Schema schema) {
        if (schema.getType() == Schema.Type.ENUM) {
            assertThat(schema.getEnumDefault()).as(schema.getFullName()).isEqualTo("UNKNOWN");
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void letsWhatMayBeAbsentBeAbsentByDefault(Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            assertThat(schema.getFields())
                    .filteredOn(field -> field.schema().isNullable())
                    .allSatisfy(field -> assertThat(field.defaultVal())
                            .as(schema.getFullName() + "." + field.name())
                            .isEqualTo(JsonProperties.NULL_VALUE));
        }
    }

    @ParameterizedTest
    @MethodSource("onTopics")
    void isPublishedAsAFileInTheJar(Schema schema) {
        var folder =
                schema.getNamespace().substring("io.drawdown.events".length()).replace('.', '/');

        assertThat(getClass().getResource("/avro" + folder + "/" + schema.getName() + ".avsc"))
                .as(schema.getFullName())
                .isNotNull();
    }
}
