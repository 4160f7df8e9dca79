package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.work.WorkLoop;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Asks for objects to be fetched again. */
@Component
public class RefreshQueue {

    private final RefreshRequests requests;
    private final WorkLoop refreshLoop;
    private final Clock clock;

    RefreshQueue(RefreshRequests requests, WorkLoop refreshLoop, Clock clock) {
        this.requests = requests;
        this.refreshLoop = refreshLoop;
        this.clock = clock;
    }

    /** Asks for one object; part of the caller's transaction, if there is one. Waits for nobody. */
    public void request(ObjectRef object) {
        request(object, false);
    }

    /**
     * The same.
     *
     * @param urgent whether somebody waits for it, so that it is fetched ahead of all that are not
     */
    public void request(ObjectRef object, boolean urgent) {
        requests.add(object, urgent, clock.instant());
        refreshLoop.wake();
    }

    /** Asks for everything of a customer that was published before its account was known. */
    public void requestUnownedOf(String customerId) {
        requests.addUnownedOf(customerId, clock.instant());
        refreshLoop.wake();
    }
}
