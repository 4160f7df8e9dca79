package io.drawdown.usage.correction;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.TraceContext;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class CorrectionConfiguration {

    @Bean
    CorrectionTable correctionTable(JdbcClient jdbc, JsonMapper json) {
        return new CorrectionTable(jdbc, json);
    }

    @Bean
    CorrectionLog correctionLog(UsageEncoder encoder, UsageLog log, Clock clock) {
        return new CorrectionLog(encoder, log, clock);
    }

    @Bean
    CorrectionController correctionController(
            CorrectionTable table,
            CorrectionLog log,
            IdempotentRequests requests,
            Admissions admissions,
            TraceContext trace,
            Clock clock) {
        return new CorrectionController(table, log, requests, admissions.forRequests(), trace, clock);
    }
}
