/**
 * JSON trees as the sandbox keeps and serves them.
 *
 * <p>Trees are mutable; one that has been stored is always a fresh copy, so nobody changes another's.
 */
@NullMarked
package io.drawdown.sandbox.json;

import org.jspecify.annotations.NullMarked;
