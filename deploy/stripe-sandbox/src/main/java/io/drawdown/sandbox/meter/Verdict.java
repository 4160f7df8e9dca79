package io.drawdown.sandbox.meter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What {@link MeterRules} finds about an event. */
sealed interface Verdict {

    /** It counts. */
    record Good(Series series, BigDecimal value) implements Verdict {}

    /**
     * It does not.
     *
     * @param code as error reports name it
     * @param param path of the parameter at fault, {@code payload.value}
     * @param meter the active meter that it was meant for, when there is one
     */
    record Fault(
            String code,
            String message,
            String param,
            @Nullable String meter) implements Verdict {

        /** The parameter as a form names it, {@code payload[value]}. */
        String formParam() {
            int dot = param.indexOf('.');
            return dot < 0 ? param : param.substring(0, dot) + "[" + param.substring(dot + 1) + "]";
        }
    }
}
