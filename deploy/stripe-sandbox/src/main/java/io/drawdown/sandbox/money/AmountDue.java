package io.drawdown.sandbox.money;

/**
 * How an invoice's total meets its customer's balance, in the minor unit. Conserves: {@code total + starting balance =
 * amount due + ending balance}.
 *
 * @param amountDue to be paid: zero or more, and never less than can be charged unless it is zero
 * @param endingBalance the customer's balance after the invoice: negative is credit, positive is owed later
 */
public record AmountDue(long amountDue, long endingBalance) {

    /**
     * A total of zero leaves the balance alone; a negative one is credited to it; what is too small to be charged is carried
     * by it.
     */
    public static AmountDue of(long total, long balance, long minimumCharge) {
        long sum = Math.addExact(total, balance);
        return total > 0 && sum >= minimumCharge ? new AmountDue(sum, 0) : new AmountDue(0, sum);
    }
}
