/**
 * Accounts: what a won opportunity becomes, and who uses and pays for the product.
 *
 * <p>The account's customer in Stripe is made by billing-sync-service, which tells of it on {@code billing.customers.v1}.
 * Each change of an account is published on {@code crm.accounts.v1} in the transaction of the change.
 */
@NullMarked
package io.drawdown.crm.account;

import org.jspecify.annotations.NullMarked;
