package io.drawdown.usage.correction;

import io.drawdown.events.Topic;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.wire.Unavailable;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Appends corrections to usage.events.v1 under their account's key, behind the usage that they correct. */
final class CorrectionLog {

    private final UsageEncoder encoder;
    private final UsageLog log;
    private final Clock clock;

    CorrectionLog(UsageEncoder encoder, UsageLog log, Clock clock) {
        this.encoder = encoder;
        this.log = log;
        this.clock = clock;
    }

    /** @throws ProblemException 503 when it is not known to be stored; to send it again is harmless */
    void append(Correction correction, @Nullable String traceparent) {
        try {
            log.append(
                            Topic.Name.USAGE_EVENTS,
                            correction.accountId().getBytes(StandardCharsets.UTF_8),
                            encoder.correction(correction),
                            encoder.correctionHeaders(correction, traceparent, clock.instant()))
                    .join();
        } catch (CompletionException e) {
            throw Unavailable.kafka(
                    "Kafka did not acknowledge the correction in time, so it is not known to be stored. Send it again with"
                            + " the same Idempotency-Key: it counts once.",
                    e);
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            throw Unavailable.schemaRegistry(
                    "so the correction was not sent. Send it again with the same"
                            + " Idempotency-Key in a moment: it counts once.",
                    e);
        }
    }
}
