package io.drawdown.usage.wire;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wire.registry.RegistryRefusedException;
import org.springframework.http.HttpStatus;

/** What a caller is told when something that an append needs does not answer: 503, with the culprit's name for its type. */
public final class Unavailable {

    private Unavailable() {}

    /** @param detail says that the append may have been stored, and why to repeat it is harmless */
    public static ProblemException kafka(String detail, Throwable cause) {
        return problem("kafka-unavailable", detail, cause);
    }

    /** @param consequence says that nothing was sent, and what to do when the registry is back, as in "so nothing was sent. …" */
    public static ProblemException schemaRegistry(String consequence, Throwable cause) {
        return problem("schema-registry-unavailable", why(cause) + ", " + consequence, cause);
    }

    /** What the registry does, as the beginning of a sentence. */
    public static String why(Throwable registrysFailure) {
        return registrysFailure instanceof RegistryRefusedException
                ? "The schema registry refuses what the service asks of it"
                : "The schema registry does not answer";
    }

    private static ProblemException problem(String type, String detail, Throwable cause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, type, detail, cause);
    }
}
