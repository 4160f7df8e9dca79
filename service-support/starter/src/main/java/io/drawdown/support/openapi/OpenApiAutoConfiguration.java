package io.drawdown.support.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;

/** Says what the description cannot find out by itself: name, version and how to authenticate. */
@AutoConfiguration
public final class OpenApiAutoConfiguration {

    private static final String SCHEME = "apiKey";

    @Bean
    @ConditionalOnMissingBean
    OpenAPI openApi(
            @Value("${spring.application.name:service}") String applicationName,
            ObjectProvider<BuildProperties> build) {
        var properties = build.getIfAvailable();
        var version = properties == null ? "unknown" : String.valueOf(properties.getVersion());
        return new OpenAPI()
                .info(new Info().title(applicationName).version(version))
                .components(new Components().addSecuritySchemes(SCHEME, bearerKey()))
                .addSecurityItem(new SecurityRequirement().addList(SCHEME));
    }

    private static SecurityScheme bearerKey() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("An API key with a role that the endpoint asks for");
    }
}
