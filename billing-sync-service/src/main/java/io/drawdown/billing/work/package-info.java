/**
 * Work that is found in a table and done bit by bit: loops that ask for the next bit, are woken when some is stored,
 * and look again from time to time in case nobody woke them. What is to be done is always in the table; a loop that
 * dies loses nothing.
 */
@NullMarked
package io.drawdown.billing.work;

import org.jspecify.annotations.NullMarked;
