/**
 * Companies: who a lead and its opportunity are with.
 */
@NullMarked
package io.drawdown.crm.company;

import org.jspecify.annotations.NullMarked;
