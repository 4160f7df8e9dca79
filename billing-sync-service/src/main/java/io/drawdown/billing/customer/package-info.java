/**
 * Accounts and their customers in Stripe.
 *
 * <p>Invariants: an account has at most one customer, and a customer belongs to at most one account. A customer is
 * created under a key that derives from the account; once that key may be forgotten (a day), Stripe is searched before
 * anything is created. Name and address flow from the account to Stripe only.
 */
@NullMarked
package io.drawdown.billing.customer;

import org.jspecify.annotations.NullMarked;
