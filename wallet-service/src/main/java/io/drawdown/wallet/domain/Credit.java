package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credit that is about to be granted, bought or given. */
record Credit(
        GrantId grantId,
        Money amount,
        Money costBasis,
        GrantKind kind,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        List<String> meterIds,
        GrantCause cause) {}
