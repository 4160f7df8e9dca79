package io.drawdown.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps every reader and writer that was ever released able to talk to every other (FULL_TRANSITIVE).
 *
 * <p>After a change that is compatible, record it and commit the new file: {@code ./mvnw -pl schemas/events test
 * -Dtest=CompatibilityTest -Ddrawdown.schemas.release=true}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompatibilityTest {

    private static final String SWITCH = "drawdown.schemas.release";

    private final ReleasedSchemas released = new ReleasedSchemas(Path.of("src/released"));

    static Stream<Schema> current() {
        return Schemas.onTopics().stream();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("current")
    void readsAndIsReadByEveryReleasedVersion(Schema current) {
        assertThat(released.of(current.getFullName())).allSatisfy(version -> {
            assertReads(current, version, "the current schema cannot read what was written with a released one");
            assertReads(version, current, "a released reader cannot read what is written with the current schema");
        });
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("current")
    void isRecordedAsReleased(Schema current) {
        var versions = released.of(current.getFullName());
        var recorded =
                !versions.isEmpty() && Schemas.portable(versions.getLast()).equals(Schemas.portable(current));
        if (!recorded && Boolean.getBoolean(SWITCH)) {
            readsAndIsReadByEveryReleasedVersion(current);
            released.add(current);
        } else {
            assertThat(recorded)
                    .as(
                            "%s differs from its latest released version (%d). When the change is meant, record it with"
                                    + " -D%s=true and commit the new file under schemas/events/src/released",
                            current.getFullName(), versions.size(), SWITCH)
                    .isTrue();
        }
    }

    @Order(3)
    @Test
    void keepsEveryRecordThatWasReleased() {
        assumeTrue(!Boolean.getBoolean(SWITCH), "while recording, new folders appear");
        assertThat(released.names())
                .containsExactlyInAnyOrderElementsOf(
                        current().map(Schema::getFullName).toList());
    }

    @Order(4)
    @Test
    void wouldNoticeAFieldWithoutADefault() {
        var before = record("{\"name\":\"a\",\"type\":\"string\"}");
        var after = record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}");

        assertThat(reads(after, before)).isFalse();
        assertThat(reads(before, after)).isTrue();
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static void assertReads(Schema reader, Schema writer, String otherwise) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType())
                .as("%s: %s: %s", reader.getFullName(), otherwise, result.getDescription())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
}
