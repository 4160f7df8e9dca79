/** How much one poll of a consumer may bring; says nothing about what is in it. */
@NullMarked
package io.drawdown.wire.polling;

import org.jspecify.annotations.NullMarked;
