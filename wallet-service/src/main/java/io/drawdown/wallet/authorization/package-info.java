/**
 * "May this account spend so much now?", answered from memory, for backends that ask before each piece of work.
 *
 * <p>An answer reserves nothing: of two that ask at once both may be told yes. Who must be sure places a hold. It is as fresh
 * as this process knows: at once for what it has written itself, and at most the stated age for what others have.
 */
@NullMarked
package io.drawdown.wallet.authorization;

import org.jspecify.annotations.NullMarked;
