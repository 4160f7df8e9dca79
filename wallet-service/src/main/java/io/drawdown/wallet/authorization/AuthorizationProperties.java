package io.drawdown.wallet.authorization;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How authorizations are answered.
 *
 * @param maxAge a wallet that this process has not written or read for so long is read again from the store
 */
@ConfigurationProperties("drawdown.wallet.authorization")
record AuthorizationProperties(@DefaultValue("5s") Duration maxAge) {}
