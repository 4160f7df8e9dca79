package io.drawdown.wire.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.drawdown.events.ReleasedVersions;
import io.drawdown.events.Topic;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own records may be on a topic in any version, so none may ever be refused. */
class WeightlessValuesTest {

    static Stream<String> names() {
        return Stream.of(Topic.values())
                .flatMap(topic -> topic.records().stream())
                .map(record -> SpecificData.get().getSchema(record).getFullName())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void areInNoVersionThatWasEverReleased(String name) {
        assertThat(ReleasedVersions.of(name))
                .isNotEmpty()
                .allSatisfy(version ->
                        assertThatCode(() -> WeightlessValues.refuse(version)).doesNotThrowAnyException());
    }
}
