package io.drawdown.support.defaults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Puts the defaults below every other source, after the configuration files are known and before logging starts. */
final class DefaultsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String DEFAULTS = "META-INF/drawdown/defaults.properties";
    private static final int MANAGEMENT_PORT_OFFSET = 100;
    private static final int BOOTS_PORT = 8080;

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var defaults = fixed();
        defaults.put("management.server.port", managementPort(environment));
        if ("json".equalsIgnoreCase(environment.getProperty("drawdown.logging.format"))) {
            defaults.put("logging.structured.format.console", "ecs");
        }
        if (environment.containsProperty("server.address")) {
            defaults.put("management.server.address", "${server.address}");
        }
        environment.getPropertySources().addLast(new MapPropertySource("drawdownDefaults", defaults));
    }

    private static Map<String, Object> fixed() {
        try {
            var defaults = new HashMap<String, Object>();
            PropertiesLoaderUtils.loadProperties(new ClassPathResource(DEFAULTS))
                    .forEach((name, value) -> defaults.put(name.toString(), value));
            return defaults;
        } catch (IOException e) {
            throw new UncheckedIOException("The jar of the service support lacks " + DEFAULTS + "; build it again", e);
        }
    }

    /** Zero, a random port, stays zero; so does the absence of a port in a test without a server. */
    private static int managementPort(ConfigurableEnvironment environment) {
        int port = environment.getProperty("server.port", Integer.class, BOOTS_PORT);
        return port > 0 ? port + MANAGEMENT_PORT_OFFSET : port;
    }
}
