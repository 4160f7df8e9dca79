package io.drawdown.usage.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of usage over HTTP. The size of a body is limited by {@code spring.http.codecs.max-in-memory-size}.
 *
 * @param eventsMax events per batch; a larger batch is refused as a whole
 * @param inFlightMax events of all requests that wait for Kafka at one time; not less than eventsMax
 * @param admissionWait how long a request waits for others to finish before it is answered 503
 * @param ackTimeout how long Kafka may take to acknowledge before a request is answered 503
 */
@ConfigurationProperties("drawdown.usage.intake")
record IntakeProperties(
        @DefaultValue("1000") int eventsMax,
        @DefaultValue("20000") int inFlightMax,
        @DefaultValue("1s") Duration admissionWait,
        @DefaultValue("10s") Duration ackTimeout) {

    IntakeProperties {
        if (eventsMax < 1 || inFlightMax < eventsMax) {
            throw new IllegalArgumentException("drawdown.usage.intake: events-max is " + eventsMax
                    + " and in-flight-max " + inFlightMax + "; they must be positive, and in-flight-max the larger");
        }
    }
}
