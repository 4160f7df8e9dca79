package io.drawdown.usage.intake;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
class IntakeConfiguration {

    @Bean
    UsageLog usageLog(ProducerFactory<?, ?> producers, IntakeProperties limits) {
        return UsageLog.open(producers.getConfigurationProperties(), limits.ackTimeout());
    }

    @Bean
    Intake intake(Admissions admissions, UsageEncoder encoder, UsageLog log, IntakeProperties limits, Clock clock) {
        var inFlight = new InFlight(limits.inFlightMax(), limits.admissionWait());
        return new Intake(admissions.forRequests(), encoder, log, inFlight, clock);
    }
}
