package io.drawdown.crm.catalog;

import static io.drawdown.crm.catalog.CatalogRecords.EARLY;
import static io.drawdown.crm.catalog.CatalogRecords.LATE;
import static io.drawdown.crm.catalog.CatalogRecords.meter;
import static io.drawdown.crm.catalog.CatalogRecords.meteredPrice;
import static io.drawdown.crm.catalog.CatalogRecords.oneOffPrice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.CreditTerms;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.Rollover;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class CatalogApiIT extends CrmPlatform {

    private static @Nullable String anyCredit;

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
    class TermsOfCredit {

        @Test
        void arePublishedWithThePriceAsTheyWereSet() {
            var id = credit();
            var meterId = newMeter();
            var terms = Map.of(
                    "effectiveAt", EARLY.toString(),
                    "validFor", "P1Y",
                    "meterIds", List.of(meterId),
                    "priority", 10,
                    "bonus", Map.of("share", "0.10"),
                    "rollover", Map.of("mostAmount", "50.00", "validFor", "P2W"));

            setTerms("billing", id, terms)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.creditTerms[0].validFor")
                    .isEqualTo("P12M")
                    .jsonPath("$.creditTerms[0].bonus.share")
                    .isEqualTo("0.1");
            setTerms("billing", id, terms).expectStatus().isOk();

            var price =
                    published.await(Topic.CATALOG_PRICES, id, Price.class, 3).getLast();
            assertThat(price.getCreditTerms())
                    .containsExactly(CreditTerms.newBuilder()
                            .setEffectiveAt(EARLY)
                            .setValidFor("P12M")
                            .setMeterIds(List.of(meterId))
                            .setPriority(10)
                            .setBonusShare("0.1")
                            .setBonusAmount(null)
                            .setRollover(new Rollover(new Money("50", "USD"), null, "P14D"))
                            .build());
        }

        @Test
        void startNowUnlessToldOtherwiseAndAreKeptBesideThoseOfBefore() {
            var id = credit();
            var perUnit = Map.of("bonus", Map.of("perUnit", "0.05"));

            setTerms("billing", id, Map.of("effectiveAt", EARLY.toString(), "validFor", "P30D"))
                    .expectStatus()
                    .isOk();
            setTerms("billing", id, perUnit).expectStatus().isOk();
            setTerms("billing", id, perUnit).expectStatus().isOk();
            published.send(Topic.BILLING_CATALOG, id, oneOffPrice(id, false, LATE));

            var prices = published.await(Topic.CATALOG_PRICES, id, Price.class, 5);
            assertThat(prices.getLast().getActive()).isFalse();
            assertThat(prices.getLast().getCreditTerms())
                    .extracting(CreditTerms::getValidFor, CreditTerms::getBonusAmount, CreditTerms::getPriority)
                    .containsExactly(tuple("P30D", null, 50), tuple(null, new Money("0.05", "USD"), 50));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "invalid-validity | {'validFor': 'a month'}",
                    "invalid-validity | {'validFor': 'P1M1D'}",
                    "invalid-validity | {'validFor': 'P0D'}",
                    "invalid-validity | {'validFor': 'P-1M'}",
                    "invalid-validity | {'validFor': 'P200Y'}",
                    "invalid-priority | {'priority': 101}",
                    "invalid-priority | {'priority': -1}",
                    "unknown-meter | {'meterIds': ['mtr_none']}",
                    "invalid-bonus | {'bonus': {}}",
                    "invalid-bonus | {'bonus': {'share': '0.1', 'perUnit': '1'}}",
                    "invalid-bonus | {'bonus': {'share': '0'}}",
                    "invalid-bonus | {'bonus': {'share': '10.01'}}",
                    "invalid-bonus | {'bonus': {'perUnit': '-1'}}",
                    "endless-rollover | {'rollover': {'mostShare': '1', 'validFor': 'P1M'}}",
                    "invalid-rollover | {'validFor': 'P1M', 'rollover': {'validFor': 'P1M'}}",
                    "invalid-rollover | {'validFor': 'P1M', 'rollover': {'mostShare': '1.1', 'validFor': 'P1M'}}",
                    "invalid-rollover | {'validFor': 'P1M', 'rollover': {'mostAmount': '1e3', 'validFor': 'P1M'}}",
                    "invalid-rollover | {'validFor': 'P1M', 'rollover': {'mostShare': '1'}}"
                })
        void refuseEachBadValueByItsName(String type, String terms) {
            as("billing")
                    .put()
                    .uri("/v1/catalog/prices/" + anyCredit() + "/credit-terms")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(terms.replace('\'', '"'))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(name -> assertThat((String) name).endsWith(":" + type));
        }

        @Test
        void areForAPriceThatBuysCredit() {
            setTerms("billing", oneOff(), Map.of())
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":price-not-credit"));
        }

        @Test
        void areNotForAnUnknownPriceNorForOtherRoles() {
            setTerms("billing", "price_none", Map.of()).expectStatus().isNotFound();
            setTerms("sales", "price_none", Map.of()).expectStatus().isForbidden();
            setTerms("nobody", "price_none", Map.of()).expectStatus().isUnauthorized();
        }

        private String credit() {
            var id = oneOff();
            flag("billing", id, true).expectStatus().isOk();
            return id;
        }

        /** Whose terms are all refused. */
        private String anyCredit() {
            if (anyCredit == null) {
                anyCredit = credit();
            }
            return anyCredit;
        }

        private ResponseSpec setTerms(String role, String priceId, Map<String, ?> terms) {
            return as(role).put()
                    .uri("/v1/catalog/prices/" + priceId + "/credit-terms")
                    .bodyValue(terms)
                    .exchange();
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
