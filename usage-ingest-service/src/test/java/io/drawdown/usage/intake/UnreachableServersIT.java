package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.support.security.Allowed;
import io.drawdown.support.test.FaultyProxy;
import io.drawdown.support.test.Platform;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

@UsageServiceTest
class UnreachableServersIT {

    /** Nothing listens on the discard port. */
    static final String NOBODY = "127.0.0.1:9";

    @Autowired
    UsageLab lab;

    @Autowired
    UsageEncoder encoder;

    @Autowired
    UsageLog log;

    @Autowired
    Admissions admissions;

    @Test
    void asksTheCallerToComeBackWhenKafkaDoesNotAcknowledge() {
        try (var nowhere = UsageLog.open(Map.of("bootstrap.servers", NOBODY), Duration.ofSeconds(1))) {
            asksTheCallerToComeBack(encoder, nowhere, "kafka-unavailable", "Kafka has not acknowledged every event");
        }
    }

    /** It may hold each append up for seconds, and a batch has a thousand. */
    @Test
    void asksALogThatIsAwayForOneEventOfABatchOnly() {
        var asked = new AtomicInteger();
        ReadEvent event = new ReadEvent.IllFormed(0, Names.NONE, "no event", () -> {
            asked.incrementAndGet();
            return new byte[0];
        });
        var inFlight = new InFlight("events", 5, Duration.ofMillis(10));

        try (var nowhere = UsageLog.open(Map.of("bootstrap.servers", NOBODY), Duration.ofSeconds(1))) {
            var intake = new Intake(admissions.forRequests(), encoder, nowhere, inFlight, Clock.systemUTC());
            assertThatThrownBy(() -> intake.take(Collections.nCopies(5, event), new Senders(List.of()).of(null), null))
                    .isInstanceOf(IntakeUnavailable.class);
        }
        assertThat(asked).hasValue(1);
        inFlight.enter(5); // All places were given back.
    }

    @Test
    void asksTheCallerToComeBackWhenTheRegistryDoesNotAnswer() {
        asksTheCallerToComeBack(
                UsageLab.encoderWithoutRegistry(),
                log,
                "schema-registry-unavailable",
                "The schema registry does not answer");
    }

    @Test
    void asksTheCallerToComeBackWhenTheRegistryLetsNobodyIn() {
        try (var closed = new FaultyProxy(Platform.registry().url())) {
            closed.failWith(403, "");
            closed.failNext(100);
            asksTheCallerToComeBack(
                    new UsageEncoder(Map.of("schema.registry.url", closed.url())),
                    log,
                    "schema-registry-unavailable",
                    "The schema registry refuses");
        }
    }

    private void asksTheCallerToComeBack(UsageEncoder usedEncoder, UsageLog usedLog, String slug, String why) {
        var events = List.<ReadEvent>of(new ReadEvent.WellFormed(0, usage(), () -> new byte[0]));
        var inFlight = new InFlight("events", 1, Duration.ofMillis(10));
        var intake = new Intake(admissions.forRequests(), usedEncoder, usedLog, inFlight, Clock.systemUTC());

        assertThatThrownBy(() -> intake.take(events, new Senders(List.of()).of(null), null))
                .isInstanceOfSatisfying(IntakeUnavailable.class, refusal -> {
                    assertThat(refusal.getStatusCode().value()).isEqualTo(503);
                    assertThat(refusal.getBody().getType()).hasToString("urn:problem:usage-ingest:" + slug);
                    assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                            .isEqualTo("1");
                    assertThat(refusal.getBody().getDetail()).startsWith(why).contains("Send the same request again");
                });
        inFlight.enter(1); // The place was given back.
    }

    @Test
    void tellsWhoWaitsForAPlaceThatTheServiceIsStopping() {
        var inFlight = new InFlight("events", 1, Duration.ofMinutes(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> inFlight.enter(1))
                .isInstanceOfSatisfying(
                        IntakeUnavailable.class,
                        refusal -> assertThat(refusal.getBody().getType())
                                .hasToString("urn:problem:usage-ingest:stopping"));
        assertThat(Thread.interrupted()).isTrue();
        inFlight.enter(1); // No place was taken.
    }

    @Test
    void turnsRequestsAwayWhileTooManyEventsAreInFlight() {
        var inFlight = new InFlight("events", 10, Duration.ofMillis(10));
        inFlight.enter(8);

        assertThatThrownBy(() -> inFlight.enter(3)).isInstanceOf(IntakeUnavailable.class);
        inFlight.leave(8);
        inFlight.enter(10);
    }

    /** Nine of the batch are never stored, and the tenth is looked for until the grace is over. */
    @Test
    void takesNoPlaceForWhatIsWaitedForOrNotStored() {
        var inFlight = new InFlight("events", 10, Duration.ZERO);
        var intake = new Intake(admissions.forRequests(), encoder, log, inFlight, Clock.systemUTC());
        var known = usage();
        var bound = new Sender(Allowed.ANY, Allowed.ANY, new Allowed(List.of(known.type())));
        var batch = new ArrayList<>(Collections.nCopies(9, read(usage())));
        batch.add(read(new Usage("evt-1", "/lab", known.type(), fresh("nobody"), null, Map.of("value", "1"))));

        var waiting = CompletableFuture.supplyAsync(() -> intake.take(batch, bound, null));
        do {
            assertThat(intake.take(List.of(read(known)), bound, null).accepted())
                    .isEqualTo(1);
        } while (!waiting.isDone());

        assertThat(waiting.join().rejected()).hasSize(10);
        inFlight.enter(10); // All places were given back.
    }

    static ReadEvent read(Usage usage) {
        return new ReadEvent.WellFormed(0, usage, () -> new byte[0]);
    }

    Usage usage() {
        return new Usage("evt-1", "/lab", lab.meter(Aggregation.SUM), lab.activeAccount(), null, Map.of("value", "1"));
    }
}
