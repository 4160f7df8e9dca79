package io.drawdown.wallet.domain;

import java.time.Instant;

/**
 * That the customer was asked to confirm the payment of a top-up.
 *
 * @param invoiceId Stripe's open invoice
 * @param since when the bank first asked, to the millisecond
 * @param until when it is given up if nobody confirms, to the millisecond
 */
public record CustomerWait(String invoiceId, Instant since, Instant until) {}
