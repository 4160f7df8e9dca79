package io.drawdown.wallet.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"acme", ".tokens_acme", "tokens_acme", "a.b_c~d", "_", "Ä 1"})
    void namesItsAccountWhateverThatIsCalled(String name) {
        var account = new AccountId(name);
        var main = WalletId.of(account);
        var further = WalletId.of(account, "tokens");
        assertThat(main.account()).isEqualTo(account);
        assertThat(further.account()).isEqualTo(account);
        assertThat(main.isMain()).isTrue();
        assertThat(further.isMain()).isFalse();
        assertThat(further.main()).isEqualTo(main);
        assertThat(WalletId.parse(further.value())).contains(further);
        assertThat(further.replenishment(1)).isNotEqualTo(main.replenishment(1));
    }

    @Test
    void keepsTheIdsOfBefore() {
        var main = WalletId.of(new AccountId("acme"));
        assertThat(main.value()).isEqualTo("wal_acme");
        assertThat(main.replenishment(7).value()).isEqualTo("rpl_acme_7");
        assertThat(WalletId.of(new AccountId("acme"), "tokens").value()).isEqualTo("wal.tokens_acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme", "wal_", "wal.", "wal.tokens", "wal.tokens_", "wal._acme", "wal.Tokens_acme", "wal"})
    void isNothingElse(String text) {
        assertThat(WalletId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new WalletId(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a_b", "A", "-a", "a.b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aNameIsShortAndPlain(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> WalletId.of(new AccountId("acme"), name));
    }
}
