package io.drawdown.wallet.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant from 1970 to the end of 9999, or none. Others are typing errors, and some of them fit neither into the events nor
 * into the database: a wallet that waits for one could not be written any more.
 */
@Documented
@Constraint(validatedBy = CivilInstant.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@interface CivilInstant {

    String message() default "lies between the years 1970 and 9999";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides whether an instant is one. */
    final class Validator implements ConstraintValidator<CivilInstant, Instant> {

        private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

        @Override
        public boolean isValid(@Nullable Instant instant, ConstraintValidatorContext context) {
            return instant == null || (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END));
        }
    }
}
