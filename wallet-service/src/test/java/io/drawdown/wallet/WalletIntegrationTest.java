package io.drawdown.wallet;

import io.drawdown.support.test.ServiceClient;
import io.drawdown.support.test.UsesPlatform;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One service for all integration tests; each test has accounts of its own. */
@UsesPlatform
@SpringBootTest(
        classes = WalletServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "drawdown.wallet.usage.retry-pause=100ms",
            "drawdown.wallet.usage.most-failed-accounts=3",
            "drawdown.wallet.opening.account-wait=500ms",
            "drawdown.wallet.usage.search-limit=1s",
            "drawdown.wallet.ledger.settle-due-every=100ms",
            "drawdown.wallet.ledger.snapshot-every=5",
            "drawdown.security.api-keys[0].name=billing",
            "drawdown.security.api-keys[0].sha256=0c41039f967c66fb651f92bf899c5c5649c2c730fd774edbd3945fda20a4ca5c",
            "drawdown.security.api-keys[0].roles=billing",
            "drawdown.security.api-keys[1].name=cs",
            "drawdown.security.api-keys[1].sha256=7ffbfb5e3ebfa3d1a005808069e126fa1ad66cef487da43c5d343d13f63244ee",
            "drawdown.security.api-keys[1].roles=cs",
            "drawdown.security.api-keys[2].name=sales",
            "drawdown.security.api-keys[2].sha256=62d72bdfa870c21980f1c5bfebb06efa281206f2dec0ac8bfd1ae087949e318f",
            "drawdown.security.api-keys[2].roles=sales",
            "drawdown.security.api-keys[3].name=backend",
            "drawdown.security.api-keys[3].sha256=9949951f9b3142a6facba6fc22ef7e5c99bebd7bc4a50d8b8d00098ad50f4ad8",
            "drawdown.security.api-keys[3].roles=ingest",
            "drawdown.security.api-keys[4].name=tenant",
            "drawdown.security.api-keys[4].sha256=435dd22d760f09f91c35b4b23307f2ae2cf460384cd872475690078b6c891f43",
            "drawdown.security.api-keys[4].roles=ingest",
            "drawdown.security.api-keys[4].accounts=bound-*"
        })
@Import({WalletIntegrationTest.Time.class, Outside.class, WalletTopic.class})
public abstract class WalletIntegrationTest {

    @LocalServerPort
    private int port;

    @Autowired
    protected Outside outside;

    @Autowired
    private MovableClock clock;

    @Autowired
    private Environment environment;

    protected WebTestClient billing;
    protected WebTestClient cs;
    protected WebTestClient sales;
    protected WebTestClient backend;
    protected WebTestClient tenant;
    protected WebTestClient nobody;

    @BeforeEach
    void connect() {
        billing = ServiceClient.at(port, "billing-test-key");
        cs = ServiceClient.at(port, "cs-test-key");
        sales = ServiceClient.at(port, "sales-test-key");
        backend = ServiceClient.at(port, "ingest-test-key");
        tenant = ServiceClient.at(port, "bound-test-key");
        nobody = ServiceClient.at(port).build();
    }

    /** A second instance of the service, beside the one that all tests share and with the same clock. */
    protected ConfigurableApplicationContext anotherInstance() {
        return new SpringApplicationBuilder(WalletServiceApplication.class)
                .properties("spring.jmx.enabled=false")
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("sameClock", MovableClock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        same("spring.datasource.url"),
                        same("spring.datasource.username"),
                        same("spring.datasource.password"),
                        same("spring.kafka.bootstrap-servers"),
                        same("drawdown.kafka.schema-registry-url"),
                        same("drawdown.security.api-keys[0].name"),
                        same("drawdown.security.api-keys[0].sha256"),
                        same("drawdown.security.api-keys[0].roles"));
    }

    /** An operator who talks to {@link #anotherInstance}. */
    protected static WebTestClient billingOf(ConfigurableApplicationContext instance) {
        int port = instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return ServiceClient.at(port, "billing-test-key");
    }

    private String same(String property) {
        return "--" + property + "=" + environment.getProperty(property, "");
    }

    /** By the clock of the service, which other tests may have advanced. */
    protected Instant now() {
        return clock.instant();
    }

    protected void advanceTime(Duration by) {
        clock.advance(by);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        MovableClock movableClock() {
            return new MovableClock();
        }
    }
}
