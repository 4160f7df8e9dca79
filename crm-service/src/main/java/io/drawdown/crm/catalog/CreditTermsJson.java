package io.drawdown.crm.catalog;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.crm.catalog.domain.CreditTerms;
import io.drawdown.support.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What credit is like that is bought by a price, in requests and responses. Amounts and shares are decimal numerals, amounts in
 * the price's currency.
 *
 * @param effectiveAt for invoices paid from then on; from now on when absent
 * @param validFor how long the credit may be spent from when it comes in: {@code P30D}, {@code P1M}; for ever when absent
 * @param meterIds the only meters that it may be spent on; all when absent
 * @param priority burn order, lower first; 50 when absent
 * @param bonus promotional credit beside it; none when absent
 * @param rollover what becomes of what is left when it expires; all of it is lost when absent
 */
@JsonInclude(Include.NON_NULL)
record CreditTermsJson(
        @Nullable Instant effectiveAt,
        @Nullable String validFor,
        @Nullable List<String> meterIds,
        @Nullable Integer priority,
        @Nullable BonusJson bonus,
        @Nullable RolloverJson rollover) {

    private static final int USUAL_PRIORITY = 50;
    private static final int LOWEST_PRIORITY = 100;
    private static final int MOST_METERS = 100;
    private static final int MOST_MONTHS = 1_200;
    private static final int MOST_DAYS = 36_500;
    private static final Pattern NUMERAL = Pattern.compile("\\d{1,18}(\\.\\d{1,14})?");

    static CreditTermsJson of(CreditTerms terms) {
        return new CreditTermsJson(
                terms.effectiveAt(),
                terms.validFor() == null ? null : terms.validFor().toString(),
                terms.meterIds().isEmpty() ? null : terms.meterIds(),
                terms.priority(),
                terms.bonus() == null ? null : BonusJson.of(terms.bonus()),
                terms.rollover() == null ? null : RolloverJson.of(terms.rollover()));
    }

    /**
     * The terms that are asked for.
     *
     * @throws ProblemException 422 with a type of its own for each value that cannot be
     */
    CreditTerms terms(Instant now) {
        var validity = validFor == null ? null : period("invalid-validity", validFor);
        if (rollover != null && validity == null) {
            throw invalid(
                    "endless-rollover", "Credit that never expires cannot roll over; give validFor, or no rollover");
        }
        return new CreditTerms(
                requireNonNullElse(effectiveAt, now).truncatedTo(ChronoUnit.MILLIS),
                validity,
                checkedMeters(),
                checkedPriority(),
                bonus == null ? null : bonus.bonus(),
                rollover == null ? null : rollover.rollover());
    }

    private List<String> checkedMeters() {
        var meters = requireNonNullElse(meterIds, List.<String>of());
        if (meters.size() > MOST_METERS) {
            throw invalid("too-many-meters", "Credit is for at most " + MOST_METERS + " meters, or for everything");
        }
        return meters;
    }

    private int checkedPriority() {
        int wanted = requireNonNullElse(priority, USUAL_PRIORITY);
        if (wanted < 0 || wanted > LOWEST_PRIORITY) {
            throw invalid(
                    "invalid-priority", "A priority is 0, spent first, to " + LOWEST_PRIORITY + ", not " + wanted);
        }
        return wanted;
    }

    /** Months or days, in the form in which they are kept. */
    private static Period period(String type, String text) {
        try {
            var read = Period.parse(text);
            int months = Math.toIntExact(read.toTotalMonths());
            boolean inMonths = months > 0 && months <= MOST_MONTHS && read.getDays() == 0;
            boolean inDays = months == 0 && read.getDays() > 0 && read.getDays() <= MOST_DAYS;
            if (inMonths || inDays) {
                return Period.of(0, months, read.getDays());
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw invalid(type, validity(text), e);
        }
        throw invalid(type, validity(text));
    }

    private static String validity(String text) {
        return "A validity is 1 to " + MOST_MONTHS + " months or 1 to " + MOST_DAYS + " days, such as P1M or P30D, not "
                + text;
    }

    /** @param most inclusive; no limit when absent */
    private static @Nullable BigDecimal positive(
            String type, @Nullable String numeral, @Nullable BigDecimal most, String otherwise) {
        if (numeral == null) {
            return null;
        }
        var number = NUMERAL.matcher(numeral).matches() ? new BigDecimal(numeral) : BigDecimal.ZERO;
        if (number.signum() == 0 || (most != null && number.compareTo(most) > 0)) {
            throw invalid(type, otherwise + ", not " + numeral);
        }
        return number;
    }

    private static ProblemException invalid(String type, String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, type, detail);
    }

    private static ProblemException invalid(String type, String detail, Exception cause) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, type, detail, cause);
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    /**
     * Either a share or an amount.
     *
     * @param share of what the credit is worth: {@code "0.1"} is a tenth more; above 0 and up to 10
     * @param perUnit for each unit of the line's quantity
     */
    @JsonInclude(Include.NON_NULL)
    record BonusJson(@Nullable String share, @Nullable String perUnit) {

        private static final BigDecimal MOST = BigDecimal.TEN;

        private static BonusJson of(CreditTerms.Bonus bonus) {
            return new BonusJson(text(bonus.share()), text(bonus.perUnit()));
        }

        private CreditTerms.Bonus bonus() {
            if ((share == null) == (perUnit == null)) {
                throw invalid("invalid-bonus", "A bonus is either a share or an amount perUnit");
            }
            return new CreditTerms.Bonus(
                    positive("invalid-bonus", share, MOST, "The share of a bonus is above 0 and up to " + MOST),
                    positive("invalid-bonus", perUnit, null, "The amount of a bonus is a positive decimal numeral"));
        }
    }

    /**
     * Either an amount or a share.
     *
     * @param mostAmount up to so much of what is left goes on
     * @param mostShare this share of what is left goes on: above 0 and up to 1
     * @param validFor how long, from the expiry: {@code P30D}, {@code P1M}
     */
    @JsonInclude(Include.NON_NULL)
    record RolloverJson(
            @Nullable String mostAmount,
            @Nullable String mostShare,
            @Nullable String validFor) {

        private static RolloverJson of(CreditTerms.Rollover rollover) {
            return new RolloverJson(
                    text(rollover.mostAmount()),
                    text(rollover.mostShare()),
                    rollover.validFor().toString());
        }

        private CreditTerms.Rollover rollover() {
            var type = "invalid-rollover";
            if ((mostAmount == null) == (mostShare == null)) {
                throw invalid(type, "What rolls over is either mostAmount or mostShare");
            }
            return new CreditTerms.Rollover(
                    positive(type, mostAmount, null, "The amount that rolls over is a positive decimal numeral"),
                    positive(type, mostShare, BigDecimal.ONE, "The share that rolls over is above 0 and up to 1"),
                    period(type, requireNonNullElse(validFor, "none")));
        }
    }
}
