package io.drawdown.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.billing.Meter;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterEventSummaryListParams.ValueGroupingWindow;
import io.drawdown.billing.arrears.BillingMeter;
import io.drawdown.billing.arrears.MeterGateway;
import io.drawdown.billing.settings.StripeProperties;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link MeterGateway} on Stripe. What a meter is like hardly changes: it is asked for once a minute at most. */
@Component
class StripeMeters implements MeterGateway {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StripeClient stripe;
    private final StripeCalls calls;
    private final MeteredInvoices invoices;

    /** Stripe counts meter events apart from other requests. */
    private final StripeCalls sending;

    private final Cache<String, BillingMeter> meters = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

    StripeMeters(StripeClient stripe, StripeCalls calls, MeteredInvoices invoices, StripeProperties properties) {
        this.stripe = stripe;
        this.calls = calls;
        this.invoices = invoices;
        this.sending = new StripeCalls(new RequestBudget(properties.meterEventsPerSecond(), System::nanoTime));
    }

    @Override
    public Optional<BillingMeter> meter(String meterId) {
        var known = meters.getIfPresent(meterId);
        return known == null ? fetched(meterId) : Optional.of(known);
    }

    private Optional<BillingMeter> fetched(String meterId) {
        var meter = calls.readIfThere(() -> stripe.v1().billing().meters().retrieve(meterId))
                .map(StripeMeters::toMeter);
        meter.filter(BillingMeter::active).ifPresent(active -> meters.put(meterId, active));
        return meter;
    }

    private static BillingMeter toMeter(Meter meter) {
        return new BillingMeter(
                meter.getEventName(),
                meter.getDefaultAggregation().getFormula(),
                meter.getCustomerMapping().getEventPayloadKey(),
                meter.getValueSettings().getEventPayloadKey(),
                "active".equals(meter.getStatus()));
    }

    @Override
    public void send(BillingMeter meter, Outgoing event) {
        var request = MeterEventCreateParams.builder()
                .setEventName(meter.eventName())
                .setIdentifier(event.identifier())
                .setTimestamp(event.occurredAt().getEpochSecond())
                .putPayload(meter.customerKey(), event.customerId())
                .putPayload(meter.valueKey(), event.value().stripTrailingZeros().toPlainString())
                .build();
        sending.change(() -> sent(request));
    }

    /** That the identifier is taken is the answer to a repeat: the event is there. */
    private boolean sent(MeterEventCreateParams request) throws StripeException {
        try {
            stripe.v1().billing().meterEvents().create(request);
            return true;
        } catch (InvalidRequestException e) {
            if ("identifier".equals(e.getParam())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void cancel(BillingMeter meter, String identifier) {
        var request = MeterEventAdjustmentCreateParams.builder()
                .setEventName(meter.eventName())
                .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder()
                        .setIdentifier(identifier)
                        .build())
                .build();
        sending.change(() -> cancelled(request));
    }

    /** An event that is there and cannot be cancelled has been: so a repeat is answered whose first answer was lost. */
    private boolean cancelled(MeterEventAdjustmentCreateParams request) throws StripeException {
        try {
            stripe.v1().billing().meterEventAdjustments().create(request);
            return true;
        } catch (InvalidRequestException e) {
            if ("cancel[identifier]".equals(e.getParam()) && !"resource_missing".equals(e.getCode())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<String> finalizedInvoice(String meterId, String customerId, Instant occurredAt) {
        return invoices.finalized(meterId, customerId, occurredAt);
    }

    @Override
    public BigDecimal counted(String meterId, String customerId, Instant from, Instant to) {
        var values = new ArrayList<BigDecimal>();
        Pages.walk(
                calls,
                id -> stripe.v1().billing().meters().eventSummaries().list(meterId, page(customerId, from, to, id)),
                summary -> values.add(summary.getAggregatedValue()));
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static MeterEventSummaryListParams page(
            String customerId, Instant from, Instant to, @Nullable String after) {
        return MeterEventSummaryListParams.builder()
                .setCustomer(customerId)
                .setStartTime(from.getEpochSecond())
                .setEndTime(to.getEpochSecond())
                .setValueGroupingWindow(ValueGroupingWindow.HOUR)
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    @Override
    public Optional<ErrorReport> report(String eventId) {
        return calls.readIfThere(() -> stripe.v2().core().events().retrieve(eventId))
                .map(event -> toReport(JSON.readTree(event.getLastResponse().body())));
    }

    private static ErrorReport toReport(JsonNode event) {
        var data = event.path("data");
        var samples = new ArrayList<Sample>();
        for (var type : data.path("reason").path("error_types")) {
            for (var sample : type.path("sample_errors")) {
                samples.add(new Sample(
                        sample.path("request").path("identifier").asString(""),
                        type.path("code").asString(""),
                        sample.path("error_message").asString("")));
            }
        }
        return new ErrorReport(
                data.path("developer_message_summary").asString(""),
                data.path("reason").path("error_count").asLong(samples.size()),
                samples);
    }
}
