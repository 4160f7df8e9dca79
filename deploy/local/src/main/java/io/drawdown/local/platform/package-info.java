/**
 * What the platform on one machine consists of: its processes as a list, their ports, secrets and folders.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every port is an offset from one base, so that two platforms can run side by side.
 *   <li>Secrets are made once, are readable by their owner only, and reach a process through its environment; a service
 *       is told the SHA-256 of an API key, never the key.
 *   <li>All servers listen on the loopback address only.
 *   <li>{@code environment.json} is the contract with the demo and the benchmarks: keys are added, never renamed.
 * </ul>
 */
@NullMarked
package io.drawdown.local.platform;

import org.jspecify.annotations.NullMarked;
