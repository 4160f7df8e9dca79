/**
 * What a product, a price and a meter are, and which price may buy credit or rate usage; pure.
 */
@NullMarked
package io.drawdown.crm.catalog.domain;

import org.jspecify.annotations.NullMarked;
