package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(UsesPlatformIT.Nothing.class)
@UsesPlatform(registry = false)
class UsesPlatformIT {

    @Autowired
    Environment environment;

    @Test
    void pointsTheContextAtADatabaseThatExists() throws Exception {
        try (var connection = DriverManager.getConnection(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"))) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void pointsTheContextAtTheBroker() {
        assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
                .isEqualTo(Platform.kafka().bootstrapServers());
    }

    @Test
    void leavesOutWhatIsNotWanted() {
        assertThat(environment.getProperty("drawdown.kafka.schema-registry-url"))
                .isNull();
    }

    @Test
    void givesAnotherContextAnotherDatabase() {
        try (var other = new GenericApplicationContext()) {
            new PlatformContextCustomizer(true, false, false)
                    .customizeContext(other, new MergedContextConfiguration(Object.class, null, null, null, null));

            assertThat(other.getEnvironment().getProperty("spring.datasource.url"))
                    .isNotNull()
                    .isNotEqualTo(environment.getProperty("spring.datasource.url"));
        }
    }

    static final class Nothing {}
}
