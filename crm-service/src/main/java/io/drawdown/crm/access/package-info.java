/** Who may call what, and how a refusal of the domain reads over HTTP. */
@NullMarked
package io.drawdown.crm.access;

import org.jspecify.annotations.NullMarked;
