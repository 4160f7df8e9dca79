package io.drawdown.support.test;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Points a context at the platform. A record, because equal customizers are what lets Spring cache a context. */
record PlatformContextCustomizer(boolean postgres, boolean kafka, boolean registry) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        Platform.start(postgres, kafka, registry);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("platform", properties()));
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<String, Object>();
        if (postgres) {
            var database = Platform.postgres().createDatabase();
            properties.put("spring.datasource.url", database.url());
            properties.put("spring.datasource.username", database.username());
            properties.put("spring.datasource.password", database.password());
        }
        if (kafka) {
            properties.put("spring.kafka.bootstrap-servers", Platform.kafka().bootstrapServers());
        }
        if (registry) {
            properties.put(
                    "drawdown.kafka.schema-registry-url", Platform.registry().url());
        }
        return properties;
    }
}
