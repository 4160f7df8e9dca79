/**
 * What the outside does to the platform, and what it remembers of it.
 *
 * <p>Everything is sent again, unchanged and perhaps to the other instance, until it is answered. So in the end the
 * outside knows of each thing whether it happened, and {@link io.drawdown.chaos.load.Sent} is exact.
 */
@NullMarked
package io.drawdown.chaos.load;

import org.jspecify.annotations.NullMarked;
