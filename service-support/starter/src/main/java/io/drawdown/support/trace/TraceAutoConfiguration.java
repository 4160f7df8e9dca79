package io.drawdown.support.trace;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Brings the trace of a request to its controller. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class TraceAutoConfiguration {

    @Bean
    TraceOnThreads traceOnThreads() {
        return new TraceOnThreads();
    }
}
