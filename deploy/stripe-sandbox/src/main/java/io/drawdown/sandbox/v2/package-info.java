/**
 * What the second version of the API has of its own: RFC 3339 times, lists whose pages are URLs, and thin events, which
 * say what happened to which object and leave it to the receiver to fetch it.
 */
@NullMarked
package io.drawdown.sandbox.v2;

import org.jspecify.annotations.NullMarked;
