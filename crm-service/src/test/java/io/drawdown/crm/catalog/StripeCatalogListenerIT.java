package io.drawdown.crm.catalog;

import static io.drawdown.crm.catalog.CatalogRecords.EARLY;
import static io.drawdown.crm.catalog.CatalogRecords.LATE;
import static io.drawdown.crm.catalog.CatalogRecords.graduatedPrice;
import static io.drawdown.crm.catalog.CatalogRecords.meter;
import static io.drawdown.crm.catalog.CatalogRecords.meteredPrice;
import static io.drawdown.crm.catalog.CatalogRecords.oneOffPrice;
import static io.drawdown.crm.catalog.CatalogRecords.packagePrice;
import static io.drawdown.crm.catalog.CatalogRecords.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Packaging;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.catalog.Product;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class StripeCatalogListenerIT extends CrmPlatform {

    @Test
    void publishesAProductOnlyWhenItsContentChanges() {
        var id = unique("prod");

        see(id, product(id, "Credits", true, EARLY));
        see(id, product(id, "Credits", true, EARLY));
        see(id, product(id, "Credits", true, LATE));
        see(id, product(id, "Outdated", true, EARLY));
        see(id, product(id, "Renamed", false, LATE));

        assertThat(published.await(Topic.CATALOG_PRODUCTS, id, Product.class, 2))
                .extracting(Product::getName)
                .containsExactly("Credits", "Renamed");
        get("billing", "/v1/catalog/products/" + id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.active")
                .isEqualTo(false);
    }

    @Test
    void translatesAPrice() {
        var id = unique("price");

        see(id, meteredPrice(id, "mtr_x", true, EARLY));

        var price = published.await(Topic.CATALOG_PRICES, id, Price.class, 1).getFirst();
        assertThat(price.getKind()).isEqualTo(PriceKind.METERED);
        assertThat(price.getScheme()).isEqualTo(PricingScheme.PER_UNIT);
        assertThat(price.getUnitAmount().getAmount()).isEqualTo("0.0100000001");
        assertThat(price.getMeterId()).isEqualTo("mtr_x");
        assertThat(price.getCreditGrant()).isFalse();
    }

    @Test
    void passesOnHowAPackageIsCharged() {
        var id = unique("price");

        see(id, packagePrice(id));

        var price = published.await(Topic.CATALOG_PRICES, id, Price.class, 1).getFirst();
        assertThat(price.getScheme()).isEqualTo(PricingScheme.PACKAGE);
        assertThat(price.getUnitAmount().getAmount()).isEqualTo("3.00");
        assertThat(price.getPackaging()).isEqualTo(new Packaging(1_000L, true));
    }

    @Test
    void passesTiersOnToTheLastDecimal() {
        var id = unique("price");

        see(id, graduatedPrice(id));
        see(id, graduatedPrice(id));

        var tiers = published
                .await(Topic.CATALOG_PRICES, id, Price.class, 1)
                .getFirst()
                .getTiers();
        assertThat(tiers)
                .containsExactly(new PriceTier("100", "0.05", "2"), new PriceTier(null, "0.000000000001", "0"));
        get("billing", "/v1/catalog/prices/" + id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.tiers[0].upTo")
                .isEqualTo("100")
                .jsonPath("$.tiers[1].unitAmount")
                .isEqualTo("0.000000000001");
    }

    @Test
    void keepsTheCreditGrantFlagOfAPriceThatStripeChanges() {
        var id = unique("price");
        see(id, oneOffPrice(id, true, EARLY));
        published.await(Topic.CATALOG_PRICES, id, Price.class, 1);
        as("billing")
                .patch()
                .uri("/v1/catalog/prices/" + id)
                .bodyValue(Map.of("creditGrant", true))
                .exchange()
                .expectStatus()
                .isOk();

        see(id, oneOffPrice(id, true, LATE));
        see(id, oneOffPrice(id, false, LATE));

        var last = published.await(Topic.CATALOG_PRICES, id, Price.class, 3).getLast();
        assertThat(last.getActive()).isFalse();
        assertThat(last.getCreditGrant()).isTrue();
    }

    @Test
    void publishesAMeterOnlyWhenItsContentChanges() {
        var id = unique("mtr");

        see(id, meter(id, "API requests", EARLY));
        see(id, meter(id, "API requests", LATE));
        see(id, meter(id, "Outdated", EARLY));
        see(id, meter(id, "Requests", LATE.plusMillis(1)));

        var meters = published.await(Topic.CATALOG_METERS, id, Meter.class, 2);
        assertThat(meters).extracting(Meter::getDisplayName).containsExactly("API requests", "Requests");
        assertThat(meters.getFirst().getAggregation()).isEqualTo(Aggregation.SUM);
    }

    @Test
    void keepsTheMappingsOfAMeterThatStripeChanges() {
        var id = unique("mtr");
        var priceId = unique("price");
        see(id, meter(id, "API requests", EARLY));
        see(priceId, meteredPrice(priceId, id, true, EARLY));
        published.await(Topic.CATALOG_PRICES, priceId, Price.class, 1);
        as("billing")
                .put()
                .uri("/v1/catalog/meters/" + id + "/price")
                .bodyValue(Map.of("priceId", priceId, "effectiveAt", EARLY.toString()))
                .exchange()
                .expectStatus()
                .isOk();

        see(id, meter(id, "Requests", LATE));

        var last = published.await(Topic.CATALOG_METERS, id, Meter.class, 3).getLast();
        assertThat(last.getDisplayName()).isEqualTo("Requests");
        assertThat(last.getPriceMappings())
                .extracting(mapping -> Map.<String, Instant>of(mapping.getPriceId(), mapping.getEffectiveAt()))
                .containsExactly(Map.of(priceId, EARLY));
    }

    private void see(String id, SpecificRecord state) {
        published.send(Topic.BILLING_CATALOG, id, state);
    }
}
