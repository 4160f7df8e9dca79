package io.drawdown.crm.account;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.time.Regions;
import java.time.ZoneId;
import org.springframework.http.HttpStatus;

/** Time zones in requests. */
public final class TimeZones {

    private TimeZones() {}

    /** @throws ProblemException 400 when there is no such region */
    public static ZoneId of(String name) {
        try {
            return Regions.of(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "unknown-time-zone", e.getMessage() + ".", e);
        }
    }
}
