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
     * @param param the parameter at fault, as a form names it
     * @param meter the meter that it was meant for, when there is one
     */
    record Fault(
            String code,
            String message,
            String param,
            @Nullable String meter) implements Verdict {}
}
