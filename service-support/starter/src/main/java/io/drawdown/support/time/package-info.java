/** The one clock of a service: UTC, injected wherever time is asked for, replaced in tests; the time zones that may be asked for, and their hours, days and months. */
@NullMarked
package io.drawdown.support.time;

import org.jspecify.annotations.NullMarked;
