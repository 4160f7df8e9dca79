/**
 * What having this jar on the class path does to a Spring Boot service.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every default is a plain {@code spring.kafka.*} property of the lowest precedence: a service overrides it as it
 *       overrides any other.
 *   <li>Every bean backs off when the service declares its own.
 *   <li>Nothing here connects to anything before something is sent, listened to or opened.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.autoconfigure;

import org.jspecify.annotations.NullMarked;
