package io.drawdown.reporting.report;

import io.drawdown.support.problem.ProblemException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Days in UTC.
 *
 * @param from the first day; null for all there are
 * @param to the first day after; null for all there are
 */
record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

    private static final int LENGTH_OF_A_MONTH = "2026-11".length();

    /**
     * Reads what a request asks for: days such as 2026-11-20, or months such as 2026-11 for their first days.
     *
     * @throws ProblemException 400 when that is neither, or nothing lies between
     */
    static Period of(@Nullable String from, @Nullable String to) {
        var period = new Period(day("from", from), day("to", to));
        if (period.from != null && period.to != null && !period.from.isBefore(period.to)) {
            throw invalid("No day lies between from " + period.from + ", inclusive, and to " + period.to
                    + ", exclusive: ask for a later end.");
        }
        return period;
    }

    private static @Nullable LocalDate day(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return text.length() == LENGTH_OF_A_MONTH ? YearMonth.parse(text).atDay(1) : LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw invalid(name + " is \"" + text + "\": write a day as 2026-11-20 or a month as 2026-11.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid-period", detail);
    }
}
