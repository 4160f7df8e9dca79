package io.drawdown.crm.catalog.domain;

import java.math.BigDecimal;

/** The one form in which a number is kept, so that what is equal in value is equal. */
final class Numbers {

    private Numbers() {}

    /** Without trailing zeros and without exponent. */
    static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
