/** The service's own description at {@code /v3/api-docs}, readable without a key: it tells forms, not data. */
@NullMarked
package io.drawdown.support.openapi;

import org.jspecify.annotations.NullMarked;
