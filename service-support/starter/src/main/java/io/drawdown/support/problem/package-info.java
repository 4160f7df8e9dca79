/**
 * Every error of an HTTP interface as an RFC 9457 problem.
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>Whatever goes wrong, in a controller, before one is found, or in a filter, the answer is
 *       {@code application/problem+json}.
 *   <li>A type is {@code urn:problem:<service>:<slug>}, the service being the application's name without
 *       {@code -service}. Types are part of the interface and do not change.
 *   <li>The detail names cause and remedy. What is unexpected is logged here and answered without its message, class or
 *       stack; {@code traceId} connects the answer with the log.
 * </ul>
 *
 * <p>A service throws {@link io.drawdown.support.problem.ProblemException}, or keeps its domain's refusals and translates
 * them in an {@code @ExceptionHandler} of its own, which goes first.
 */
@NullMarked
package io.drawdown.support.problem;

import org.jspecify.annotations.NullMarked;
