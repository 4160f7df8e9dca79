/**
 * What is known of accounts, kept in memory from crm.accounts.v1: in which time zone each counts its days and months. Asked once in a
 * wallet's life, when it is opened; from then on its first event says it.
 */
@NullMarked
package io.drawdown.wallet.account;

import org.jspecify.annotations.NullMarked;
