package io.drawdown.usage.intake;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of usage over HTTP. All sizes are those of the uncompressed body.
 *
 * @param eventsMax events per batch, a larger batch is refused as a whole; also the events of a stream that are on their
 *     way at one time
 * @param requestSizeMax of a request that is no stream; a stream may have any length, and goes on in parts of about as much
 * @param bodiesSizeMax of all requests at one time: of those that are no streams as far as they were read, of streams, which
 *     leave half of it to the others, the parts that are not stored yet; more than requestSizeMax
 * @param eventSizeMax of one event in any form, in the binary form of its data; a larger one is malformed, the others of
 *     its request go through
 * @param refusalsMax refused events after which a stream is read no further
 * @param gapSizeMax bytes of a stream in a row without a well-formed event, such as blank lines and lines that are too long,
 *     after which it is read no further; not less than eventSizeMax
 * @param streamsMax streams that are open at one time
 * @param gatherMax how long a part of a stream gathers: what has come until then is stored before more is waited for
 * @param idleTimeout how long nothing may come of a body that is waited for, before its request is answered 408; time in which
 *     it is not read, because others go first, does not count
 * @param bodyTimeout how long a body that is no stream may be waited for in all; not less than idleTimeout
 * @param inFlightMax events of all requests that wait for Kafka at one time; not less than eventsMax
 * @param admissionWait how long a request waits for others to finish before it is answered 503
 * @param ackTimeout how long Kafka may take to acknowledge before a request is answered 503
 * @param bindings what keys may send; a key that is not named here may send whatever its role allows
 */
@ConfigurationProperties("drawdown.usage.intake")
record IntakeProperties(
        @DefaultValue("1000") int eventsMax,
        @DefaultValue("1MB") DataSize requestSizeMax,
        @DefaultValue("32MB") DataSize bodiesSizeMax,
        @DefaultValue("128KB") DataSize eventSizeMax,
        @DefaultValue("1000") int refusalsMax,
        @DefaultValue("16MB") DataSize gapSizeMax,
        @DefaultValue("500") int streamsMax,
        @DefaultValue("1s") Duration gatherMax,
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("60s") Duration bodyTimeout,
        @DefaultValue("20000") int inFlightMax,
        @DefaultValue("1s") Duration admissionWait,
        @DefaultValue("10s") Duration ackTimeout,
        @DefaultValue List<Binding> bindings) {

    IntakeProperties {
        if (eventsMax < 1 || inFlightMax < eventsMax) {
            throw new IllegalArgumentException("drawdown.usage.intake: events-max is " + eventsMax
                    + " and in-flight-max " + inFlightMax + "; they must be positive, and in-flight-max the larger");
        }
        if (bodiesSizeMax.compareTo(requestSizeMax) <= 0) {
            throw new IllegalArgumentException("drawdown.usage.intake: bodies-size-max is " + bodiesSizeMax
                    + " and request-size-max " + requestSizeMax + "; the first must be the larger");
        }
        if (gapSizeMax.compareTo(eventSizeMax) < 0) {
            throw new IllegalArgumentException("drawdown.usage.intake: gap-size-max is " + gapSizeMax
                    + " and event-size-max " + eventSizeMax + "; a gap must be able to hold one event");
        }
        if (streamsMax < 1 || !gatherMax.isPositive()) {
            throw new IllegalArgumentException("drawdown.usage.intake: streams-max is " + streamsMax
                    + " and gather-max " + gatherMax + "; both must be positive");
        }
        if (!idleTimeout.isPositive() || bodyTimeout.compareTo(idleTimeout) < 0) {
            throw new IllegalArgumentException("drawdown.usage.intake: idle-timeout is " + idleTimeout
                    + " and body-timeout " + bodyTimeout + "; they must be positive, and body-timeout not the shorter");
        }
    }

    BodyWait streamWait() {
        return BodyWait.endless(idleTimeout);
    }

    BodyWait bodyWait() {
        return new BodyWait(idleTimeout, bodyTimeout);
    }

    int requestBytesMax() {
        return Math.toIntExact(requestSizeMax.toBytes());
    }

    int bodiesBytesMax() {
        return Math.toIntExact(bodiesSizeMax.toBytes());
    }

    int eventBytesMax() {
        return Math.toIntExact(eventSizeMax.toBytes());
    }

    /**
     * What one key may send; an empty list means any, a star at the end of an entry any rest.
     *
     * @param key the name of the API key
     * @param sources of its events
     * @param accounts not here: a key is bound to accounts by {@code drawdown.security.api-keys[n].accounts}
     * @param types event names of the meters
     */
    record Binding(
            String key,
            @DefaultValue List<String> sources,
            @DefaultValue List<String> accounts,
            @DefaultValue List<String> types) {

        /** Bounds that nobody reads would be none. */
        Binding {
            if (!accounts.isEmpty()) {
                throw new IllegalArgumentException(
                        "drawdown.usage.intake.bindings binds key '" + key
                                + "' to accounts: set drawdown.security.api-keys[n].accounts instead, here and in wallet-service");
            }
        }
    }
}
