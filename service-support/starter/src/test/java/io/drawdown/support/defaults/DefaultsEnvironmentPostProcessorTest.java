package io.drawdown.support.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class DefaultsEnvironmentPostProcessorTest {

    final MockEnvironment environment = new MockEnvironment();

    @Test
    void givesManagementThePortAHundredAbove() {
        environment.setProperty("server.port", "7103");

        assertThat(defaulted("management.server.port")).isEqualTo("7203");
    }

    @Test
    void leavesARandomPortRandom() {
        environment.setProperty("server.port", "0");

        assertThat(defaulted("management.server.port")).isEqualTo("0");
    }

    @Test
    void bindsManagementWhereTheServiceIsBound() {
        environment.setProperty("server.address", "127.0.0.1");

        assertThat(defaulted("management.server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void leavesWhatTheServiceSaysAlone() {
        environment.setProperty("spring.threads.virtual.enabled", "false");

        assertThat(defaulted("spring.threads.virtual.enabled")).isEqualTo("false");
    }

    @Test
    void writesJsonLogsWhenAsked() {
        environment.setProperty("drawdown.logging.format", "json");

        assertThat(defaulted("logging.structured.format.console")).isEqualTo("ecs");
    }

    @Test
    void writesHumanLogsOtherwise() {
        assertThat(defaulted("logging.structured.format.console")).isNull();
    }

    String defaulted(String name) {
        new DefaultsEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty(name);
    }
}
