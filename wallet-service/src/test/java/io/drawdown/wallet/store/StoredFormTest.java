package io.drawdown.wallet.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.domain.WalletEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in the store stays readable. A golden file is one event as the revision in its name wrote it; it is never changed.
 * A new revision gets new files.
 */
class StoredFormTest {

    final WalletEventSerializer serializer =
            new WalletEventSerializer(Jackson3Serializer.builder().build());

    static Stream<GoldenEvent> goldenEvents() {
        return GoldenEvent.all();
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void everyStoredFormEverReleasedStillReads(GoldenEvent golden) throws IOException {
        var stored = new StoredEvent(golden.typeName(), golden.revision(), golden.bytes());
        assertThat(serializer.event(stored)).isEqualTo(golden.event());
    }

    static Stream<GoldenEvent> goldenEventsOfToday() {
        return goldenEvents().filter(golden -> {
            var type = StoredEventType.named(golden.typeName());
            return type != null && golden.revision().equals(Integer.toString(type.revision()));
        });
    }

    @ParameterizedTest
    @MethodSource("goldenEventsOfToday")
    void theSameEventIsStoredInTheSameBytes(GoldenEvent golden) throws IOException {
        var bytes = serializer.serialize(golden.event(), byte[].class).getData();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(golden.bytes()));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenTodayHasItsSchemaReleased(StoredEventType type) throws IOException {
        var released = Path.of("src/main/resources/stored-events", type.schema().getName(), type.revision() + ".avsc");
        assertThat(new ReleasedSchemas().of(type.typeName(), Integer.toString(type.revision())))
                .as("the schema of " + type + " has changed: raise its revision and add " + released)
                .isEqualTo(type.schema());
        assertThat(Files.readString(released)).contains("doc");
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasAGoldenEvent(StoredEventType type) {
        assertThat(goldenEvents())
                .anyMatch(golden -> golden.typeName().equals(type.typeName())
                        && golden.revision().equals(Integer.toString(type.revision())));
    }

    @ParameterizedTest
    @EnumSource
    void theStoredTypeIsNoJavaClassOfOurs(StoredEventType type) {
        var name = serializer.typeForClass(type.event()).getName();
        assertThat(name).startsWith("io.drawdown.events.wallet.").isEqualTo(type.typeName());
        assertThat(serializer.classForType(new SimpleSerializedType(name, "1"))).isEqualTo(type.event());
    }

    @Test
    void aRevisionOfTheFutureIsRefusedWithWhatToDo() {
        var future = new StoredEvent(StoredEventType.WALLET_OPENED.typeName(), "999", new byte[0]);
        assertThatThrownBy(() -> serializer.event(future)).hasMessageContaining("deploy that one");
    }

    @Test
    void leavesMetadataToTheOtherSerializer() {
        var stored = serializer.serialize(MetaData.with("traceparent", "00-1"), byte[].class);
        assertThat(new String(stored.getData(), UTF_8)).contains("traceparent");
        assertThat(serializer.<byte[], MetaData>deserialize(
                        new SimpleSerializedObject<>(stored.getData(), byte[].class, stored.getType())))
                .containsEntry("traceparent", "00-1");
    }

    @Test
    void aRecordCanBeReadUnderTheSchemaThatWroteIt() {
        var golden = goldenEvents().findFirst().orElseThrow();
        WalletEvent event = golden.event();
        var written = new StoredEvent(
                        golden.typeName(),
                        golden.revision(),
                        serializer.serialize(event, byte[].class).getData())
                .asWritten();
        assertThat(written.get("walletId"))
                .hasToString(event.header().walletId().value());
    }
}
