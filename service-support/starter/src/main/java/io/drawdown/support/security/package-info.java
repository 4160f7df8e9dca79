/**
 * Who may call what: API keys with roles, and an endpoint table per service.
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>Closed by default: what {@link io.drawdown.support.security.EndpointRoles} does not list is refused to everyone but
 *       {@code admin}; without a key it is a 401, with one a 403.
 *   <li>No key is stored: configuration has its SHA-256, compared in constant time. A name may have several keys, so that
 *       a key is replaced without a gap: add the new one, move the caller, remove the old one.
 *   <li>Rules are by method and path, not by annotation: {@code @PreAuthorize} is silently without effect on a controller
 *       method that returns a plain value under WebFlux.
 *   <li>Health, info and metrics stand on the management port and ask for no key; keep that port inside.
 * </ul>
 */
@NullMarked
package io.drawdown.support.security;

import org.jspecify.annotations.NullMarked;
