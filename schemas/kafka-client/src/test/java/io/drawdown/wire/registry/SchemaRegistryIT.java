package io.drawdown.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.test.FaultyProxy;
import io.drawdown.support.test.Platform;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryIT {

    private static final String SCHEMA = """
            {"type":"record","name":"A","namespace":"t","fields":[{"name":"x","type":"string"}]}""";
    private static final String BROKEN = """
            {"type":"record","name":"A","namespace":"t","fields":[{"name":"x","type":"int"}]}""";

    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final String subject = "subject of/ö " + UUID.randomUUID();
    private final FaultyProxy proxy = new FaultyProxy(Platform.registry().url());

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void givesTheSameIdForTheSameSchemaAndFindsItByIdAndBySubject() {
        var registry = registry(Map.of());

        int id = registry.register(subject, SCHEMA, false);

        assertThat(registry.register(subject, SCHEMA, false)).isEqualTo(id);
        assertThat(registry.idOf(subject, SCHEMA, false)).isEqualTo(id);
        assertThat(registry.latest(subject).id()).isEqualTo(id);
        assertThat(registry.schema(id).getFullName()).isEqualTo("t.A");
    }

    @Test
    void asksForAnIdOnce() {
        var registry = registry(Map.of());
        int id = registry.register(subject, SCHEMA, false);

        registry.schema(id);
        registry.schema(id);

        assertThat(proxy.requests().stream().filter(each -> each.startsWith("GET /schemas/ids/")))
                .hasSize(1);
    }

    @Test
    void passesOnWhyASchemaIsRefused() {
        var registry = registry(Map.of());
        registry.register(subject, SCHEMA, false);

        assertThatThrownBy(() -> registry.register(subject, BROKEN, false))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(409))
                .hasMessageContaining("409")
                .hasMessageContaining("change it compatibly");
    }

    @Test
    void triesAgainWhenTheRegistryIsBrieflyOutOfOrder() {
        proxy.failNext(2);

        assertThat(registry(Map.of()).register(subject, SCHEMA, false)).isPositive();
        assertThat(proxy.requests()).hasSize(3);
    }

    @Test
    void saysThatTheRegistryIsUnavailableWhenItStaysSo() {
        proxy.failNext(100);

        assertThatThrownBy(() -> registry(Map.of()).latest(subject))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(proxy.url())
                .hasMessageContaining("503");
        assertThat(proxy.requests()).hasSize(4);
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        assertThatThrownBy(() -> registry(Map.of()).latest(subject)).isInstanceOf(RegistryRefusedException.class);
        assertThat(proxy.requests()).hasSize(1);
    }

    /** As a node does that has not heard of what another was told a moment ago. */
    @Test
    void asksTheOtherNodesForWhatTheFirstDoesNotKnow() {
        int id = registry(Map.of()).register(subject, SCHEMA, false);
        var follower = new FaultyProxy(Platform.registry().url());
        follower.failWith(404, UNKNOWN);
        follower.failNext(100);

        try (follower) {
            var registry = registry(Map.of("schema.registry.url", follower.url() + "," + proxy.url()));
            assertThat(registry.schema(id).getFullName()).isEqualTo("t.A");
        }
        assertThat(follower.requests()).hasSize(1);
    }

    @Test
    void saysThatAnIdIsUnknownWhenNoNodeKnowsItAlthoughOneIsAway() {
        var registry = registry(Map.of("schema.registry.url", proxy.url() + ",http://127.0.0.1:1"));

        assertUnknown(registry, 2_000_000_000);
        assertThat(proxy.requests()).hasSize(1);
    }

    /** Else every record with a made-up id would stand until that node's time is up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksANodeThatDoesNotAnswerOnceForManyUnknownIds(boolean isFirst) throws IOException {
        try (var silent = new SilentServer()) {
            var urls = isFirst ? silent.url() + "," + proxy.url() : proxy.url() + "," + silent.url();
            var registry = registry(Map.of("schema.registry.url", urls, "http.read.timeout.ms", "1000"));

            for (int id = 2_000_000_000; id < 2_000_000_020; id++) {
                assertUnknown(registry, id);
            }

            assertThat(silent.connections()).isEqualTo(1);
        }
        assertThat(proxy.requests()).hasSize(20);
    }

    @Test
    void asksANodeThatDidNotAnswerAgainWhenNoOtherAnswers() throws IOException {
        try (var silent = new SilentServer()) {
            var registry = registry(
                    Map.of("schema.registry.url", silent.url() + "," + proxy.url(), "http.read.timeout.ms", "1000"));
            assertUnknown(registry, 2_000_000_000);

            proxy.failNext(1);
            assertUnknown(registry, 2_000_000_001);

            assertThat(silent.connections()).isEqualTo(2);
        }
    }

    /** As an ingress does while the registry behind it is being rolled out. */
    @ParameterizedTest
    @ValueSource(strings = {"", "default backend - 404", "{\"message\":\"no route\"}"})
    void waitsWhileSomethingBeforeTheRegistrySaysThatThereIsNothing(String body) {
        int id = registry(Map.of()).register(subject, SCHEMA, false);
        proxy.failWith(404, body);
        proxy.failNext(2);

        assertThat(registry(Map.of()).schema(id).getFullName()).isEqualTo("t.A");

        proxy.failNext(100);
        assertThatThrownBy(() -> registry(Map.of()).schema(id)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void goesToAnotherUrlWhenTheFirstDoesNotAnswer() {
        var registry = registry(Map.of("schema.registry.url", "http://127.0.0.1:1," + proxy.url() + "/"));

        assertThat(registry.register(subject, SCHEMA, false)).isPositive();
    }

    @Test
    void presentsUserAndPassword() {
        var registry =
                registry(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "alice:secret"));

        registry.register(subject, SCHEMA, false);

        assertThat(proxy.authorization()).isEqualTo("Basic YWxpY2U6c2VjcmV0");
    }

    @Test
    void takesUserAndPasswordFromTheUrl() {
        var registry = registry(Map.of("schema.registry.url", proxy.url().replace("://", "://alice:secret@")));

        registry.register(subject, SCHEMA, false);

        assertThat(proxy.authorization()).isEqualTo("Basic YWxpY2U6c2VjcmV0");
    }

    @Test
    void presentsABearerToken() {
        var registry =
                registry(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "token-1"));

        registry.register(subject, SCHEMA, false);

        assertThat(proxy.authorization()).isEqualTo("Bearer token-1");
    }

    @Test
    void saysWhatToCheckWhenCredentialsAreRefused() {
        proxy.failWith(401, "");
        proxy.failNext(1);

        assertThatThrownBy(() -> registry(Map.of()).latest(subject))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("basic.auth");
    }

    private static void assertUnknown(SchemaRegistry registry, int id) {
        assertThatThrownBy(() -> registry.schema(id))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    private SchemaRegistry registry(Map<String, String> more) {
        var config = new HashMap<>(Map.of("schema.registry.url", proxy.url(), "retries.wait.ms", "10"));
        config.putAll(more);
        return new SchemaRegistry(RegistrySettings.from(config));
    }
}
