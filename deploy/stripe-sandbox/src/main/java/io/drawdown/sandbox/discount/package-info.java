/**
 * Coupons, promotion codes that stand for them, and discounts: coupons put on something.
 *
 * <ul>
 *   <li>A discount keeps the terms that its coupon had when it was redeemed: neither deleting the coupon nor its running
 *       out changes it.
 *   <li>Each redemption counts, for the coupon and for the code; what has run out is refused.
 *   <li>What a discount takes off is {@link io.drawdown.sandbox.money.Reduction}'s to say.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.discount;

import org.jspecify.annotations.NullMarked;
