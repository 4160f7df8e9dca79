package io.drawdown.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedVersionsTest {

    static Stream<Schema> current() {
        return Schemas.onTopics().stream();
    }

    @ParameterizedTest
    @MethodSource("current")
    void areThoseOfTheFilesInTheirOrder(Schema current) {
        var name = current.getFullName();

        assertThat(ReleasedVersions.of(name))
                .isNotEmpty()
                .isEqualTo(new ReleasedSchemas(Path.of("src/released")).of(name));
    }

    @Test
    void areNoneOfARecordThatNobodyReleased() {
        assertThat(ReleasedVersions.of("io.drawdown.events.Nonsense")).isEmpty();
    }
}
