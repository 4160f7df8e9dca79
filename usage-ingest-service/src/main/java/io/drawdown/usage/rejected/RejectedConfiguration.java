package io.drawdown.usage.rejected;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.RecordAge;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RejectedProperties.class)
@EnableScheduling
class RejectedConfiguration {

    @Bean
    RejectedEvents rejectedEvents(JdbcClient jdbc) {
        return new RejectedEvents(jdbc);
    }

    @Bean
    RejectedUsageListener rejectedUsageListener(JdbcTemplate jdbc, MeterRegistry meters, Clock clock) {
        var age = new RecordAge(
                meters,
                "drawdown.usage.rejected.age",
                "From the broker's storing of a refusal to its being listed, of the oldest of each batch",
                clock);
        return new RejectedUsageListener(jdbc, age);
    }

    @Bean
    RejectedRetention rejectedRetention(RejectedEvents events, RejectedProperties properties, Clock clock) {
        return new RejectedRetention(events, properties.retention(), clock);
    }

    @Bean
    Replay replay(
            RejectedEvents events,
            UsageDecoder decoder,
            UsageEncoder encoder,
            Admissions admissions,
            UsageLog log,
            Clock clock) {
        return new Replay(events, decoder, encoder, admissions.atOnce(), log, clock);
    }

    @Bean
    ParkedEvents parkedEvents(RejectedEvents events, Replay replay, Admissions admissions) {
        return new ParkedEvents(events, replay, admissions.atOnce());
    }
}
