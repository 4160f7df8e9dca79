/**
 * Requests that may be repeated without a second effect, by the caller's {@code Idempotency-Key}.
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>The effect and the memory of it are one database transaction: after a crash there are both or neither.
 *   <li>One key has one effect, also when repeats arrive at the same instant: the others wait for the first, then get its
 *       result.
 *   <li>A key names one request. Another request under the same key is refused, never answered with the first result.
 *   <li>A request that was refused leaves no memory: the caller may correct it and use the key again.
 * </ul>
 *
 * <p>The table {@code idempotent_request} is created by Flyway from {@code classpath:db/support}.
 */
@NullMarked
package io.drawdown.support.idempotency;

import org.jspecify.annotations.NullMarked;
