package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.supervisor.StartOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

    @TempDir
    Path folder;

    private Secrets secrets;
    private List<ProcessSpec> processes;

    @BeforeEach
    void list() {
        secrets = Secrets.of(folder.resolve("secrets.json"));
        processes = new Platform(new Home(folder, folder.resolve(".drawdown")), new Ports(7100), secrets).processes();
    }

    @Test
    void startsServersBeforeServices() {
        var order = new StartOrder(processes);

        assertThat(processes)
                .extracting(ProcessSpec::name)
                .containsExactly(
                        "postgres",
                        "kafka",
                        "registry",
                        "stripe",
                        "crm",
                        "billing-sync",
                        "wallet",
                        "usage-ingest",
                        "reporting");
        assertThat(order.rank("registry")).isGreaterThan(order.rank("postgres"));
        assertThat(order.rank("billing-sync")).isGreaterThan(order.rank("stripe"));
        assertThat(order.rank("crm")).isGreaterThan(order.rank("registry"));
    }

    @Test
    void givesNoPortTwice() {
        assertThat(processes.stream().flatMap(spec -> spec.ports().stream()).map(Port::number))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsServicesTheHashesOfKeysOnly() {
        var wallet = process("wallet").environment();

        assertThat(wallet)
                .containsEntry("DRAWDOWN_SECURITY_APIKEYS_0_NAME", "local-admin")
                .containsEntry("DRAWDOWN_SECURITY_APIKEYS_0_ROLES", "admin")
                .containsEntry("DRAWDOWN_SECURITY_APIKEYS_0_SHA256", secrets.apiKeySha256(Role.ADMIN));
        assertThat(wallet.values())
                .doesNotContainAnyElementsOf(secrets.apiKeys().values());
    }

    @Test
    void tellsStripesSecretsToTheOneServiceThatTalksToStripe() {
        assertThat(process("billing-sync").environment())
                .containsEntry("DRAWDOWN_STRIPE_API_KEY", secrets.stripeApiKey())
                .containsEntry("DRAWDOWN_STRIPE_WEBHOOK_SECRET", secrets.webhookSecret());
        assertThat(processes.stream().filter(spec -> !spec.name().equals("billing-sync")))
                .allSatisfy(spec ->
                        assertThat(spec.environment().keySet()).noneMatch(name -> name.startsWith("DRAWDOWN_STRIPE")));
    }

    @Test
    void hasStripeTellBillingSyncOfThinEventsToo() {
        var webhook = "http://127.0.0.1:7102/v1/webhooks/stripe=" + secrets.webhookSecret();
        assertThat(process("stripe").command())
                .containsSequence("--webhook", webhook)
                .containsSequence("--thin-webhook", webhook);
    }

    @Test
    void keepsTheDatabasePasswordOutOfEveryCommandLine() {
        assertThat(processes)
                .allSatisfy(spec ->
                        assertThat(String.join(" ", spec.command())).doesNotContain(secrets.postgresPassword()));
    }

    @Test
    void givesEachServiceItsOwnDatabase() {
        assertThat(Stream.of(Service.values())
                        .map(service -> process(service.label()).environment().get("SPRING_DATASOURCE_URL")))
                .doesNotHaveDuplicates()
                .contains("jdbc:postgresql://127.0.0.1:7132/billing_sync");
    }

    @Test
    void describesHowToReachEverything() {
        var environment = Environment.of(new Ports(7100), secrets);

        assertThat(environment.urls())
                .containsEntry("billing-sync", "http://127.0.0.1:7102")
                .containsEntry("stripe", "http://127.0.0.1:7110")
                .containsEntry("schemaRegistry", "http://127.0.0.1:7181/apis/ccompat/v7");
        assertThat(environment.management()).containsEntry("wallet", "http://127.0.0.1:7203");
        assertThat(environment.kafka()).isEqualTo("127.0.0.1:7192");
        assertThat(environment.toJson())
                .contains("\"apiKeys\"", "\"stripeApiKey\"", "\"postgres\"", "\"host\"", "\"password\"");
    }

    @Test
    void tellsWhichOfTheServicesToBeStartedHaveNoCache() throws Exception {
        var home = new Home(folder, folder.resolve(".drawdown"));
        var platform = new Platform(home, new Ports(7100), secrets);
        var cached = jarOf(Service.WALLET, home);
        jarOf(Service.CRM, home);
        jarOf(Service.REPORTING, home);
        Files.createDirectories(home.caches());
        new AotCaches(home.caches()).keep(Service.WALLET, cached, Files.createTempFile(folder, "made", ".aot"));

        assertThat(platform.withoutCache(List.of(process("postgres"), process("wallet"), process("crm"))))
                .containsExactly("crm");
    }

    @Test
    void refusesToMakeACacheOfWhatWasNotWrittenDown() {
        var training = new Training(new Home(folder, folder.resolve("training")), new Ports(7500));

        assertThat(training.services()).containsExactly("crm", "billing-sync", "wallet", "usage-ingest", "reporting");
        assertThatThrownBy(() -> training.makeCache("wallet"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("logs/wallet.log");
    }

    private static String jarOf(Service service, Home home) throws IOException {
        var jar = home.jar(service.folder());
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(service.label()));
        }
        return JarContents.digest(jar);
    }

    private ProcessSpec process(String name) {
        return processes.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
