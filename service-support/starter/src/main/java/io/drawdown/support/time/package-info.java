/** The one clock of a service: UTC, injected wherever time is asked for, replaced in tests. */
@NullMarked
package io.drawdown.support.time;

import org.jspecify.annotations.NullMarked;
