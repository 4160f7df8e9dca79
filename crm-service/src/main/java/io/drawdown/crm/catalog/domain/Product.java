package io.drawdown.crm.catalog.domain;

import java.time.Instant;

/**
 * Something that is sold.
 *
 * @param productId Stripe's id
 * @param active whether it may be sold; a product deleted in Stripe is not
 * @param seenAt when this state was read from Stripe
 * @param updatedAt when the content last changed
 */
public record Product(String productId, String name, boolean active, Instant seenAt, Instant updatedAt)
        implements Sighting<Product> {

    @Override
    public Product after(Product known) {
        return sameContent(known) ? new Product(productId, name, active, seenAt, known.updatedAt) : this;
    }

    @Override
    public boolean sameContent(Product other) {
        return name.equals(other.name) && active == other.active;
    }
}
