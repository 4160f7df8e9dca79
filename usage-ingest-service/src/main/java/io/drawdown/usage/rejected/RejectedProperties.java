package io.drawdown.usage.rejected;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param retention how long a refusal can be read back */
@ConfigurationProperties("drawdown.usage.rejected")
record RejectedProperties(@DefaultValue("90d") Duration retention) {}
