/** What goes wrong, when, and how it is brought about. */
@NullMarked
package io.drawdown.chaos.fault;

import org.jspecify.annotations.NullMarked;
