package io.drawdown.usage.wire;

import io.drawdown.support.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** What a caller is told when something that an append needs does not answer: 503, with the culprit's name for its type. */
public final class Unavailable {

    private Unavailable() {}

    /** @param detail says that the append may have been stored, and why to repeat it is harmless */
    public static ProblemException kafka(String detail, Throwable cause) {
        return problem("kafka-unavailable", detail, cause);
    }

    /** @param detail says that nothing was sent, and what to do when the registry is back */
    public static ProblemException schemaRegistry(String detail, Throwable cause) {
        return problem("schema-registry-unavailable", detail, cause);
    }

    private static ProblemException problem(String type, String detail, Throwable cause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, type, detail, cause);
    }
}
