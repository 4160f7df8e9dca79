/**
 * What an account is; pure.
 */
@NullMarked
package io.drawdown.crm.account.domain;

import org.jspecify.annotations.NullMarked;
