package io.drawdown.usage.wire;

import io.micrometer.tracing.Tracer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** Takes the registry's settings from the service's consumers and producers, and the trace from Micrometer. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {

    @Bean
    UsageDecoder usageDecoder(ConsumerFactory<?, ?> consumers) {
        return new UsageDecoder(consumers.getConfigurationProperties());
    }

    @Bean
    UsageEncoder usageEncoder(ProducerFactory<?, ?> producers) {
        return new UsageEncoder(producers.getConfigurationProperties());
    }

    @Bean
    PublicContract publicContract(UsageEncoder encoder) {
        return new PublicContract(encoder);
    }

    @Bean
    TraceContext traceContext(Tracer tracer) {
        return new TraceContext(tracer);
    }
}
