package io.drawdown.usage.intake;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
class IntakeConfiguration {

    /** All open streams have as many refusals to name as so many may have: each takes about a kilobyte. */
    private static final int STREAMS_OF_REFUSALS = 20;

    @Bean
    UsageLog usageLog(ProducerFactory<?, ?> producers, IntakeProperties limits) {
        return UsageLog.open(producers.getConfigurationProperties(), limits.ackTimeout());
    }

    @Bean
    InFlight inFlight(IntakeProperties limits) {
        return new InFlight("events", limits.inFlightMax(), limits.admissionWait());
    }

    @Bean
    InFlight bodyBytes(IntakeProperties limits) {
        return new InFlight("bytes of requests", limits.bodiesBytesMax(), limits.admissionWait());
    }

    @Bean
    Gauge eventsInFlight(InFlight inFlight, MeterRegistry registry) {
        return Gauge.builder("drawdown.usage.in-flight", inFlight, InFlight::count)
                .description("Events that came over HTTP and wait for Kafka")
                .baseUnit("events")
                .register(registry);
    }

    @Bean
    Intake intake(Admissions admissions, UsageEncoder encoder, UsageLog log, InFlight inFlight, Clock clock) {
        return new Intake(admissions.forRequests(), encoder, log, inFlight, clock);
    }

    @Bean
    InFlight openStreams(IntakeProperties limits) {
        return new InFlight("streams", limits.streamsMax(), limits.admissionWait());
    }

    @Bean
    InFlight streamRefusals(IntakeProperties limits) {
        return new InFlight("refusals", STREAMS_OF_REFUSALS * limits.refusalsMax(), Duration.ZERO);
    }

    @Bean
    EventStream eventStream(
            Intake intake, IntakeProperties limits, InFlight openStreams, InFlight bodyBytes, InFlight streamRefusals) {
        return new EventStream(intake, limits, openStreams, bodyBytes, streamRefusals);
    }

    @Bean
    Senders senders(IntakeProperties limits) {
        return new Senders(limits.bindings());
    }
}
