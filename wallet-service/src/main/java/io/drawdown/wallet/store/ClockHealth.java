package io.drawdown.wallet.store;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Down while this process's clock and the database's disagree: nothing is recorded then. */
@Component("clockHealthIndicator")
final class ClockHealth extends AbstractHealthIndicator {

    private final ClockAgreement clocks;

    ClockHealth(ClockAgreement clocks) {
        super("The database was not asked what time it is");
        this.clocks = clocks;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var ahead = clocks.ahead();
        (ClockAgreement.isSmall(ahead) ? builder.up() : builder.down()).withDetail("aheadOfDatabase", ahead);
    }
}
