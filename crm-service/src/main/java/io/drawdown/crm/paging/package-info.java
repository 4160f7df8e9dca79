/**
 * Lists in pieces, continued by the id of the last row shown.
 */
@NullMarked
package io.drawdown.crm.paging;

import org.jspecify.annotations.NullMarked;
