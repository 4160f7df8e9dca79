package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What Stripe keeps of money that it moves.
 *
 * @param share of each payment, 0.029 for 2.9 %
 * @param fixed added to the share of each payment, in the minor unit
 * @param dispute for each payment that is charged back, in the minor unit; given back when the dispute is won
 */
public record ProcessingFee(BigDecimal share, long fixed, long dispute) {

    /** Stripe's published price for cards in the United States. */
    public static final ProcessingFee USUAL = new ProcessingFee(new BigDecimal("0.029"), 30, 1500);

    public ProcessingFee {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || fixed < 0 || dispute < 0) {
            throw new IllegalArgumentException("A fee is a share from 0 to 1 and amounts of 0 or more");
        }
    }

    /** The fee for a payment, rounded half up once; never more than the payment. */
    public long ofPayment(long amount) {
        long part = BigDecimal.valueOf(amount)
                .multiply(share)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Math.min(amount, Math.addExact(part, fixed));
    }
}
