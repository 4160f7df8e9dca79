/**
 * Connected accounts: a merchant lets the platform act for his account by OAuth, and takes that back.
 *
 * <ul>
 *   <li>Each account has objects, events and idempotency keys of its own: nothing of one is seen in another.
 *   <li>An authorization code lives for five minutes and serves once.
 *   <li>What the platform may no longer touch stays as it is; connecting the account again gives it back.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.connect;

import org.jspecify.annotations.NullMarked;
