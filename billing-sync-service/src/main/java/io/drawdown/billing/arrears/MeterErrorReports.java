package io.drawdown.billing.arrears;

import io.drawdown.billing.arrears.MeterGateway.ErrorReport;
import io.drawdown.billing.arrears.MeterGateway.Sample;
import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Follows Stripe's reports on meter events that it had accepted and could not count: these are refused after all. A report
 * names samples only; how many there are in all is shown beside them.
 */
@Component
public class MeterErrorReports {

    /** The types of these events. */
    public static final List<String> TYPES =
            List.of("v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found");

    private static final Pattern IDENTIFIER = Pattern.compile("(dd-[0-9a-f]{64})(?:-(\\d{1,9}))?");

    private final ErrorReportTable reports;
    private final MeterEvents events;
    private final MeterGateway stripe;
    private final BackOff backOff;
    private final Clock clock;

    MeterErrorReports(
            ErrorReportTable reports, MeterEvents events, MeterGateway stripe, SyncProperties properties, Clock clock) {
        this.reports = reports;
        this.events = events;
        this.stripe = stripe;
        this.backOff = properties.backOff();
        this.clock = clock;
    }

    /** Whether an event of this type is such a report. */
    public static boolean areOf(String eventType) {
        return TYPES.contains(eventType);
    }

    /**
     * Notes that there is a report to be read.
     *
     * @param meterId the meter it is about; null when there is none
     */
    public void note(String eventId, String type, @Nullable String meterId, Instant createdAt) {
        reports.add(eventId, type, meterId, createdAt, clock.instant());
    }

    /** Reads one report from Stripe. */
    boolean readNext() {
        var claimed = reports.claim(clock.instant());
        claimed.ifPresent(this::read);
        return claimed.isPresent();
    }

    private void read(ErrorReportTable.Unread unread) {
        var now = clock.instant();
        try {
            stripe.report(unread.eventId())
                    .ifPresentOrElse(
                            report -> follow(unread.eventId(), report, now),
                            () -> reports.giveUp(unread.eventId(), "Stripe does not know this event"));
        } catch (StripeFailure e) {
            reports.postpone(
                    unread.eventId(), now.plus(backOff.after(unread.attempts() + 1)), String.valueOf(e.getMessage()));
        }
    }

    private void follow(String eventId, ErrorReport report, Instant now) {
        report.samples().forEach(sample -> refuse(sample, now));
        reports.done(eventId, report.summary(), report.errors());
    }

    private void refuse(Sample sample, Instant now) {
        var ours = IDENTIFIER.matcher(sample.identifier());
        if (ours.matches()) {
            var generation = ours.group(2) == null ? 1 : Integer.parseInt(ours.group(2));
            events.refuse(ours.group(1), generation, now, sample.code() + ": " + sample.message());
        }
    }
}
