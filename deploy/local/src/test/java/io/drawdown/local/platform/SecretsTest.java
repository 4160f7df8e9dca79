package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void makesSecretsOnceAndKeepsThem() {
        var file = folder.resolve("secrets.json");

        var made = Secrets.of(file);

        assertThat(Secrets.of(file)).isEqualTo(made);
        assertThat(Secrets.of(folder.resolve("others.json"))).isNotEqualTo(made);
    }

    @Test
    void letsOnlyTheOwnerReadThem() throws Exception {
        var file = folder.resolve("secrets.json");
        Secrets.of(file);

        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void makesAKeyForEachRoleAndTestModeKeysForStripe() {
        var made = Secrets.of(folder.resolve("secrets.json"));

        assertThat(made.apiKeys()).containsOnlyKeys("admin", "sales", "billing", "finance", "ingest", "cs");
        assertThat(made.apiKeys().values()).doesNotHaveDuplicates();
        assertThat(made.stripeApiKey()).matches("sk_test_[A-Za-z0-9]{32}");
        assertThat(made.webhookSecret()).startsWith("whsec_");
    }

    @Test
    void hashesAKeyForTheServices() {
        var known = new Secrets(Map.of("cs", "abc"), "", "", "");

        assertThat(known.apiKeySha256(Role.CS))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
