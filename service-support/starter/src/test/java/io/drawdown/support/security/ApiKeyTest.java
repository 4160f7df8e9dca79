package io.drawdown.support.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.security.SecurityProperties.ApiKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    /** Of the string {@code abc}, from FIPS 180-2. */
    static final String SHA_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void recognisesAKeyByItsDigest() {
        var key = new ApiKey("backend", SHA_256, Set.of(Role.INGEST));
        var keys = new ApiKeys(List.of(key));

        assertThat(keys.recognise("abc")).contains(key);
        assertThat(keys.recognise("abd")).isEmpty();
        assertThat(keys.recognise(SHA_256)).isEmpty();
    }

    @Test
    void saysHowToMakeADigest() {
        assertThatThrownBy(() -> new ApiKey("backend", "abc", Set.of(Role.INGEST)))
                .hasMessageContaining("'backend'")
                .hasMessageContaining("sha256sum");
    }

    @Test
    void refusesAKeyThatMayDoNothing() {
        assertThatThrownBy(() -> new ApiKey("backend", SHA_256, Set.of())).hasMessageContaining("no role");
    }

    @Test
    void refusesAKeyOfNobody() {
        assertThatThrownBy(() -> new ApiKey(" ", SHA_256, Set.of(Role.INGEST))).hasMessageContaining("no name");
    }

    @Test
    void keepsTheDigestOutOfLogs() {
        assertThat(new ApiKey("backend", SHA_256, Set.of(Role.INGEST))).hasToString("ApiKey[backend, [ingest]]");
    }
}
