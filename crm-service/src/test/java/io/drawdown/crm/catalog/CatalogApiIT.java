package io.drawdown.crm.catalog;

import static io.drawdown.crm.catalog.CatalogRecords.EARLY;
import static io.drawdown.crm.catalog.CatalogRecords.LATE;
import static io.drawdown.crm.catalog.CatalogRecords.meter;
import static io.drawdown.crm.catalog.CatalogRecords.meteredPrice;
import static io.drawdown.crm.catalog.CatalogRecords.oneOffPrice;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceMapping;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class CatalogApiIT extends CrmPlatform {

    @Nested
    class Flagging {

        @Test
        void publishesThePriceAsBuyingCredit() {
            var id = oneOff();

            flag("billing", id, true)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.creditGrant")
                    .isEqualTo(true)
                    .jsonPath("$.kind")
                    .isEqualTo("ONE_OFF")
                    .jsonPath("$.unitAmount.amount")
                    .isEqualTo("1.00");
            flag("billing", id, true).expectStatus().isOk();
            flag("billing", id, false).expectStatus().isOk();

            assertThat(published.await(Topic.CATALOG_PRICES, id, Price.class, 3))
                    .extracting(Price::getCreditGrant)
                    .containsExactly(false, true, false);
        }

        @Test
        void refusesAMeteredPrice() {
            flag("billing", metered("mtr_1", true), true)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":price-not-one-off"));
        }

        @Test
        void wantsToBeToldWhich() {
            as("billing")
                    .patch()
                    .uri("/v1/catalog/prices/price_1")
                    .bodyValue(Map.of())
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }

        @Test
        void doesNotFindAnUnknownPrice() {
            flag("billing", "price_none", true).expectStatus().isNotFound();
        }

        @Test
        void isNotForOtherRoles() {
            flag("sales", "price_none", true).expectStatus().isForbidden();
        }

        @Test
        void isNotForStrangers() {
            flag("nobody", "price_none", true).expectStatus().isUnauthorized();
        }
    }

    @Nested
    class Mapping {

        @Test
        void keepsTheWholeHistoryOldestFirst() {
            var meterId = newMeter();
            var first = metered(meterId, true);
            var second = metered(meterId, true);

            map(meterId, second, LATE).expectStatus().isOk();
            map(meterId, first, EARLY).expectStatus().isOk();

            var last = published
                    .await(Topic.CATALOG_METERS, meterId, Meter.class, 3)
                    .getLast();
            assertThat(last.getPriceMappings())
                    .containsExactly(
                            new PriceMapping(first, "prod_1", EARLY), new PriceMapping(second, "prod_1", LATE));
        }

        @Test
        void letsTheLastOfTwoOfOneInstantWin() {
            var meterId = newMeter();
            var first = metered(meterId, true);
            var second = metered(meterId, true);

            map(meterId, first, EARLY).expectStatus().isOk();
            map(meterId, second, EARLY)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.priceMappings.length()")
                    .isEqualTo(1)
                    .jsonPath("$.priceMappings[0].priceId")
                    .isEqualTo(second);
        }

        @Test
        void startsNowUnlessToldOtherwiseAndPublishesARepeatNoMore() {
            var meterId = newMeter();
            var priceId = metered(meterId, true);
            var before = Instant.now().minusSeconds(1);

            map(meterId, priceId, null).expectStatus().isOk();
            map(meterId, priceId, null).expectStatus().isOk();
            map(meterId, priceId, LATE).expectStatus().isOk();
            map(meterId, priceId, LATE).expectStatus().isOk();

            var meters = published.await(Topic.CATALOG_METERS, meterId, Meter.class, 3);
            assertThat(meters.get(1).getPriceMappings().getFirst().getEffectiveAt())
                    .isBetween(before, Instant.now());
        }

        @Test
        void refusesAOneOffPrice() {
            map(newMeter(), oneOff(), null)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":price-not-mappable"));
        }

        @Test
        void refusesAnInactivePrice() {
            var meterId = newMeter();

            map(meterId, metered(meterId, false), null).expectStatus().isEqualTo(409);
        }

        @Test
        void refusesAPriceOfAnotherMeter() {
            map(newMeter(), metered("mtr_other", true), null).expectStatus().isEqualTo(409);
        }

        @Test
        void findsNeitherAnUnknownMeterNorAnUnknownPrice() {
            map("mtr_none", "price_none", null).expectStatus().isNotFound();
            map(newMeter(), "price_none", null).expectStatus().isNotFound();
        }

        @Test
        void wantsAPrice() {
            map(newMeter(), " ", null).expectStatus().isBadRequest();
        }

        @Test
        void isNotForOtherRoles() {
            as("sales")
                    .put()
                    .uri("/v1/catalog/meters/mtr_none/price")
                    .bodyValue(Map.of("priceId", "price_none"))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    @Nested
    class Reading {

        @Test
        void listsEveryPartOfTheCatalogue() {
            newMeter();
            oneOff();

            get("billing", "/v1/catalog/meters")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data[0].meterId")
                    .isNotEmpty();
            get("billing", "/v1/catalog/prices")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data[0].priceId")
                    .isNotEmpty();
            get("billing", "/v1/catalog/products")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data")
                    .isArray();
        }

        @Test
        void findsAMeterById() {
            var meterId = newMeter();

            get("sales", "/v1/catalog/meters/" + meterId)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.eventName")
                    .isEqualTo("api.request")
                    .jsonPath("$.aggregation")
                    .isEqualTo("SUM");
        }

        @Test
        void findsNothingUnknown() {
            get("billing", "/v1/catalog/products/prod_none").expectStatus().isNotFound();
            get("billing", "/v1/catalog/prices/price_none").expectStatus().isNotFound();
            get("billing", "/v1/catalog/meters/mtr_none").expectStatus().isNotFound();
        }
    }

    private String oneOff() {
        var id = unique("price");
        published.send(Topic.BILLING_CATALOG, id, oneOffPrice(id, true, EARLY));
        published.await(Topic.CATALOG_PRICES, id, Price.class, 1);
        return id;
    }

    private String metered(String meterId, boolean active) {
        var id = unique("price");
        published.send(Topic.BILLING_CATALOG, id, meteredPrice(id, meterId, active, EARLY));
        published.await(Topic.CATALOG_PRICES, id, Price.class, 1);
        return id;
    }

    private String newMeter() {
        var id = unique("mtr");
        published.send(Topic.BILLING_CATALOG, id, meter(id, "API requests", EARLY));
        published.await(Topic.CATALOG_METERS, id, Meter.class, 1);
        return id;
    }

    private ResponseSpec flag(String role, String priceId, boolean creditGrant) {
        return as(role).patch()
                .uri("/v1/catalog/prices/" + priceId)
                .bodyValue(Map.of("creditGrant", creditGrant))
                .exchange();
    }

    private ResponseSpec map(String meterId, String priceId, @Nullable Instant effectiveAt) {
        var body = effectiveAt == null
                ? Map.of("priceId", priceId)
                : Map.of("priceId", priceId, "effectiveAt", effectiveAt.toString());
        return as("billing")
                .put()
                .uri("/v1/catalog/meters/" + meterId + "/price")
                .bodyValue(body)
                .exchange();
    }
}
