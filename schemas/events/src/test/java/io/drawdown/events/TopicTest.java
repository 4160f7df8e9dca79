package io.drawdown.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

    @ParameterizedTest
    @EnumSource
    void carriesRecordsThatCanBeResolved(Topic topic) {
        assertThat(topic.records()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(topic.records()).allSatisfy(type -> {
            var schema = SpecificData.get().getSchema(type);
            assertThat(schema.getType()).isEqualTo(Schema.Type.RECORD);
            assertThat(schema.getFullName()).isEqualTo(type.getName());
        });
    }

    @Test
    void hasANameOfItsOwn() {
        assertThat(Topic.names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+\\.[a-z]+\\.v[1-9]"));
    }

    @Test
    void keepsUsageAndWalletOnTheSamePartitions() {
        assertThat(Stream.of(Topic.USAGE_EVENTS, Topic.USAGE_ACCEPTED, Topic.USAGE_REJECTED, Topic.WALLET_EVENTS)
                        .map(Topic::partitions)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void namesTheDeadLettersOfAGroup() {
        assertThat(Topic.USAGE_ACCEPTED.deadLetterTopic("wallet-service"))
                .isEqualTo("usage.accepted.v1.wallet-service.dlt");
    }

    @Test
    void keepsUsageLongerThanItMayBeLate() {
        assertThat(Topic.USAGE_EVENTS.settings())
                .containsEntry("retention.ms", Long.toString(40L * 24 * 60 * 60 * 1000));
        assertThat(Topic.WALLET_EVENTS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.CRM_ACCOUNTS.settings()).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void leavesNoSchemaFileUnused() throws IOException {
        var used = new HashSet<String>();
        Schemas.named().forEach(schema -> used.add(schema.getName()));

        try (var files = Files.walk(Path.of("src/main/avro"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString().replace(".avsc", "")))
                    .isSubsetOf(used);
        }
    }
}
