package io.drawdown.wallet.ledger;

import io.drawdown.wire.deadletter.PassingFailure;
import org.axonframework.common.AxonTransientException;
import org.springframework.stereotype.Component;

/** A writer that others outran each time has a good record in hand: it is tried again and never put aside. */
@Component
class ConflictsPass implements PassingFailure {

    @Override
    public boolean passes(Throwable failure) {
        return failure instanceof AxonTransientException;
    }
}
