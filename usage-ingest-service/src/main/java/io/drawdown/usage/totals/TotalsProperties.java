package io.drawdown.usage.totals;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is added up.
 *
 * @param dimensions the names of those by which totals are kept apart: of few different texts each, or there is a total for
 *     every event. A change counts from then on, and corrected usage stays where
 *     it was counted
 * @param textsRetention how far back different texts can be counted; longer than usage may be late
 */
@ConfigurationProperties("drawdown.usage.totals")
record TotalsProperties(
        @DefaultValue List<String> dimensions,
        @DefaultValue("400d") Duration textsRetention) {

    private static final Pattern NAME = Pattern.compile("[^,\\p{Cntrl}]{1,255}");

    TotalsProperties {
        for (var name : dimensions) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("drawdown.usage.totals.dimensions: '" + name
                        + "' cannot be asked for; a name has 1 to 255 characters and no comma");
            }
        }
    }
}
