package io.drawdown.usage.wire;

import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** The W3C trace context of the request that is being handled. */
public final class TraceContext {

    private final Tracer tracer;

    TraceContext(Tracer tracer) {
        this.tracer = tracer;
    }

    /** @return the value of a {@code traceparent} header; null outside of a trace */
    public @Nullable String traceparent() {
        var span = tracer.currentSpan();
        if (span == null || span.context().traceId().isEmpty()) {
            return null;
        }
        var context = span.context();
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }
}
