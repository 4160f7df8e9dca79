package io.drawdown.wallet.domain;

import java.time.Instant;

/**
 * That the payment of a top-up waits for the customer to confirm it.
 *
 * @param invoiceId Stripe's open invoice
 * @param since when the bank first asked, to the millisecond
 * @param until when it is given up, to the millisecond
 */
public record CustomerWait(String invoiceId, Instant since, Instant until) {}
