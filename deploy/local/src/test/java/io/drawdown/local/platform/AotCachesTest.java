package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

    @TempDir
    Path folder;

    private AotCaches caches;

    @BeforeEach
    void inAFolder() {
        caches = new AotCaches(folder.resolve("caches"));
    }

    @Test
    void startAServiceFromTheCacheOfJustItsJar() throws IOException {
        var cache = keep(Service.WALLET, "this build");

        assertThat(caches.use(Service.WALLET, "this build"))
                .containsExactly("-XX:AOTCache=" + cache, "-XX:+VerifySharedSpaces", "--add-modules=java.instrument");
    }

    @Test
    void changeNothingWhereThereIsNone() throws IOException {
        keep(Service.WALLET, "an earlier build");

        assertThat(caches.use(Service.WALLET, "this build")).isEmpty();
        assertThat(caches.use(Service.CRM, "an earlier build")).isEmpty();
    }

    @Test
    void keepOneForEachService() throws IOException {
        var wallet = keep(Service.WALLET, "an earlier build");
        var crm = keep(Service.CRM, "an earlier build");

        var newer = keep(Service.WALLET, "this build");

        assertThat(wallet).doesNotExist();
        assertThat(newer).exists();
        assertThat(crm).exists();
    }

    @Test
    void areMadeAndUsedWithTheSameModules() {
        assertThat(AotCaches.record(folder.resolve("wallet.aotconf")))
                .contains("-XX:AOTMode=record", "--add-modules=java.instrument");
    }

    private Path keep(Service service, String contents) throws IOException {
        Files.createDirectories(caches.folder());
        return caches.keep(service, contents, Files.createFile(folder.resolve(contents + service)));
    }
}
