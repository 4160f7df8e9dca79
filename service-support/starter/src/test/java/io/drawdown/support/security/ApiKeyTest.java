package io.drawdown.support.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.security.SecurityProperties.ApiKey;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    /** Of the string {@code abc}, from FIPS 180-2. */
    static final String SHA_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void recognisesAKeyByItsDigest() {
        var key = new ApiKey("backend", SHA_256, Set.of(Role.INGEST), List.of());
        var keys = new ApiKeys(List.of(key));

        assertThat(keys.recognise("abc")).contains(key);
        assertThat(keys.recognise("abd")).isEmpty();
        assertThat(keys.recognise(SHA_256)).isEmpty();
    }

    @Test
    void saysHowToMakeADigest() {
        assertThatThrownBy(() -> new ApiKey("backend", "abc", Set.of(Role.INGEST), List.of()))
                .hasMessageContaining("'backend'")
                .hasMessageContaining("sha256sum");
    }

    @Test
    void refusesAKeyThatMayDoNothing() {
        assertThatThrownBy(() -> new ApiKey("backend", SHA_256, Set.of(), List.of()))
                .hasMessageContaining("no role");
    }

    @Test
    void refusesAKeyOfNobody() {
        assertThatThrownBy(() -> new ApiKey(" ", SHA_256, Set.of(Role.INGEST), List.of()))
                .hasMessageContaining("no name");
    }

    @Test
    void keepsTheDigestOutOfLogs() {
        assertThat(new ApiKey("backend", SHA_256, Set.of(Role.INGEST), List.of()))
                .hasToString("ApiKey[backend, [ingest], []]");
    }

    @Test
    void isBoundToItsAccounts() {
        var caller =
                new ApiKeyAuthentication(new ApiKey("backend", SHA_256, Set.of(Role.INGEST), List.of("acc-1", "eu-*")));

        assertThat(List.of("acc-1", "eu-", "eu-7")).allSatisfy(allowedTo(caller));
        assertThat(List.of("acc-10", "acc", "us-eu-7", ""))
                .allSatisfy(account -> assertThatThrownBy(() -> ApiKeyAuthentication.requireAccount(caller, account))
                        .hasMessageContaining("bound to other accounts"));
    }

    @Test
    void isBoundToNothingUnlessItsKeySaysSo() {
        var caller = new ApiKeyAuthentication(new ApiKey("backend", SHA_256, Set.of(Role.INGEST), List.of()));

        assertThat(List.of("acc-1", "")).allSatisfy(allowedTo(caller));
        assertThat(List.of("acc-1", "")).allSatisfy(allowedTo(null));
    }

    @Test
    void bindsNoKeyThatWorksOnAllAccounts() {
        assertThatThrownBy(() -> new ApiKey("operator", SHA_256, Set.of(Role.INGEST, Role.BILLING), List.of("acc-1")))
                .hasMessageContaining("'operator'")
                .hasMessageContaining("only role ingest can be bound");
    }

    private static Consumer<String> allowedTo(@Nullable Principal caller) {
        return account -> ApiKeyAuthentication.requireAccount(caller, account);
    }
}
