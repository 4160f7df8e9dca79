package io.drawdown.wallet.api;

import static java.util.stream.Collectors.toMap;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.Settlements;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** How usage is paid for, as callers say it. */
final class SettlementNames {

    private static final Map<String, Settlement> MODES =
            Stream.of(Settlement.values()).collect(toMap(SettlementNames::name, mode -> mode));

    private SettlementNames() {}

    /** @throws ProblemException 422 {@code unknown-settlement} for what is no mode */
    static Settlement mode(String name) {
        var mode = MODES.get(name);
        if (mode == null) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-settlement",
                    "Usage is paid for in one of these ways: prepaid, arrears, prepaid-then-arrears");
        }
        return mode;
    }

    static String name(Settlement mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By meter, in the order of their ids. */
    static Map<String, String> byMeter(Settlements settlements) {
        var byMeter = new TreeMap<String, String>();
        settlements.modes().forEach((meterId, mode) -> byMeter.put(meterId, name(mode)));
        return byMeter;
    }
}
