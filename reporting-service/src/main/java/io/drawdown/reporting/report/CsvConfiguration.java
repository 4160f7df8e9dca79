package io.drawdown.reporting.report;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Lets a controller answer with CSV to who accepts it. */
@Configuration(proxyBeanMethods = false)
class CsvConfiguration implements WebFluxConfigurer {

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        configurer.customCodecs().register(new CsvEncoder());
    }
}
