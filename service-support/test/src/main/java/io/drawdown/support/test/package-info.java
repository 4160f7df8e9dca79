/**
 * Test support: a real PostgreSQL, a real Kafka broker and a real schema registry behind one seam, and the rules of the
 * house as ArchUnit constants.
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>Nothing is imitated: where Docker answers, PostgreSQL and Kafka run in containers, elsewhere as embedded servers.
 *       The registry is its own process both ways.
 *   <li>A server starts when it is first asked for, once per JVM, on a free port of the loopback interface.
 *   <li>Every Spring context gets a database of its own; topics and schemas are shared by the JVM.
 *   <li>No server outlives the JVM that started it, however that JVM ends.
 * </ul>
 */
@NullMarked
package io.drawdown.support.test;

import org.jspecify.annotations.NullMarked;
