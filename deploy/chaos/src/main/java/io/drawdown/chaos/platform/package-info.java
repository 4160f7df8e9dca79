/** The platform that is broken: the processes of {@code deploy/drawdown up}, the two on the way of usage twice. */
@NullMarked
package io.drawdown.chaos.platform;

import org.jspecify.annotations.NullMarked;
