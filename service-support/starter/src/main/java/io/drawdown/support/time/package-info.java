/** The one clock of a service: UTC, injected wherever time is asked for, replaced in tests; and the time zones that may be asked for. */
@NullMarked
package io.drawdown.support.time;

import org.jspecify.annotations.NullMarked;
