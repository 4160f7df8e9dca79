/** Meters: what usage is counted, by which name, in which way. An event name belongs to at most one active meter. */
@NullMarked
package io.drawdown.sandbox.meter;

import org.jspecify.annotations.NullMarked;
