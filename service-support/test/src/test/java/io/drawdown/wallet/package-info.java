/** A service made up for the tests of the architecture rules; keeps all of them. */
@NullMarked
package io.drawdown.wallet;

import org.jspecify.annotations.NullMarked;
