/**
 * A Java agent that ends a service at a named instruction: nothing of it is in the services themselves.
 *
 * <p>It is loaded into the services, so it uses nothing but the JDK.
 */
@NullMarked
package io.drawdown.chaos.agent;

import org.jspecify.annotations.NullMarked;
