package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.billing.Meter;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterListParams;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest extends Sandboxed {

    String product;

    @BeforeEach
    void createProduct() {
        product = json(send("POST", "/v1/products", "name=Tokens")).path("id").asString();
    }

    String price(String params) {
        var answer = send("POST", "/v1/prices", "currency=usd&product=" + product + "&" + params);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("id").asString();
    }

    Meter meter(String eventName) throws StripeException {
        return stripe.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName("Tokens")
                        .setEventName(eventName)
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                .build())
                        .build());
    }

    @Test
    void keepsAFractionOfACent() throws StripeException {
        var metered = "recurring[interval]=month&recurring[usage_type]=metered&recurring[meter]="
                + meter("tokens").getId();
        var price = stripe.v1().prices().retrieve(price(metered + "&unit_amount_decimal=0.000000000001"));
        assertThat(price.getUnitAmount()).isNull();
        assertThat(price.getUnitAmountDecimal()).isEqualByComparingTo(new BigDecimal("0.000000000001"));
        assertThat(price.getRecurring().getMeter()).startsWith("mtr_");
    }

    @Test
    void showsTiersOnlyWhenExpandedWithAnOpenEnd() throws StripeException {
        var id = price("billing_scheme=tiered&tiers_mode=graduated&recurring[interval]=month"
                + "&tiers[0][up_to]=100&tiers[0][unit_amount]=5&tiers[1][up_to]=inf&tiers[1][unit_amount_decimal]=2.5");
        assertThat(stripe.v1().prices().retrieve(id).getTiers()).isNull();
        var tiers = stripe.v1()
                .prices()
                .retrieve(id, PriceRetrieveParams.builder().addExpand("tiers").build())
                .getTiers();
        assertThat(tiers.getFirst().getUpTo()).isEqualTo(100);
        assertThat(tiers.getLast().getUpTo()).isNull();
        assertThat(tiers.getLast().getUnitAmountDecimal()).isEqualByComparingTo("2.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unit_amount=1&unit_amount_decimal=1",
                "unit_amount_decimal=0.0000000000001",
                "nickname=none",
                "unit_amount=-1",
                "unit_amount_decimal=9999999999999999999",
                "unit_amount=1&currency_options[eur][unit_amount_decimal]=1000000000000",
                "unit_amount=1&currency_options[usd][unit_amount]=2",
                "unit_amount=1&currency_options[eur][tax_behavior]=inclusive",
                "unit_amount=1&billing_scheme=tiered",
                "unit_amount=1&recurring[interval]=month&recurring[usage_type]=metered",
                "unit_amount=1&recurring[interval]=month&recurring[meter]=mtr_x",
                "billing_scheme=tiered&tiers_mode=volume&tiers[0][up_to]=5&tiers[0][unit_amount]=1",
                "billing_scheme=tiered&tiers_mode=volume&tiers[0][up_to]=inf",
                "billing_scheme=tiered&tiers_mode=volume&tiers[0][up_to]=inf&tiers[0][unit_amount]=1"
                        + "&transform_quantity[divide_by]=10&transform_quantity[round]=up",
                "unit_amount=1&transform_quantity[divide_by]=0&transform_quantity[round]=up",
                "unit_amount=1&recurring[interval]=decade"
            })
    void refusesAPriceThatMakesNoSense(String params) {
        assertThat(send("POST", "/v1/prices", "currency=usd&product=" + product + "&" + params)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void fixesTheAmountOfAPrice() {
        var id = price("unit_amount=100");
        assertThat(send("POST", "/v1/prices/" + id, "unit_amount=200").statusCode())
                .isEqualTo(400);
        assertThat(json(send("POST", "/v1/prices/" + id, "active=false"))
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void keepsTheDefaultPriceOfAProductItsOwnAndInUse() {
        var price = price("unit_amount=100");
        var other = json(send("POST", "/v1/products", "name=Other")).path("id").asString();
        assertThat(send("POST", "/v1/products/" + other, "default_price=" + price)
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/v1/products/" + product, "default_price=" + price)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/v1/prices/" + price, "active=false").statusCode())
                .isEqualTo(400);
    }

    @Test
    void movesALookupKeyOnlyWhenTold() {
        var first = price("unit_amount=1&lookup_key=credit");
        assertThat(send("POST", "/v1/prices", "currency=usd&unit_amount=2&lookup_key=credit&product=" + product)
                        .statusCode())
                .isEqualTo(400);
        var second = price("unit_amount=2&lookup_key=credit&transfer_lookup_key=true");
        var found = json(send("GET", "/v1/prices?lookup_keys%5B%5D=credit", "")).path("data");
        assertThat(found.size()).isEqualTo(1);
        assertThat(found.get(0).path("id").asString()).isEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void keepsAProductThatHasPrices() throws StripeException {
        price("unit_amount=1");
        assertThatThrownBy(() -> stripe.v1().products().delete(product)).isInstanceOf(InvalidRequestException.class);
        var empty = json(send("POST", "/v1/products", "name=Empty")).path("id").asString();
        assertThat(stripe.v1().products().delete(empty).getDeleted()).isTrue();
        assertThat(eventTypes()).endsWith("product.deleted");
    }

    @Test
    void letsAnEventNameBelongToOneActiveMeter() throws StripeException {
        var meter = meter("tokens");
        assertThatThrownBy(() -> meter("tokens")).isInstanceOf(InvalidRequestException.class);
        assertThat(stripe.v1().billing().meters().deactivate(meter.getId()).getStatus())
                .isEqualTo("inactive");
        var successor = meter("tokens");
        assertThatThrownBy(() -> stripe.v1().billing().meters().reactivate(meter.getId()))
                .isInstanceOf(InvalidRequestException.class);
        stripe.v1().billing().meters().deactivate(successor.getId());
        stripe.v1().billing().meters().reactivate(meter.getId());
        var active = MeterListParams.builder()
                .setStatus(MeterListParams.Status.ACTIVE)
                .build();
        assertThat(stripe.v1().billing().meters().list(active).getData())
                .extracting(Meter::getId)
                .containsExactly(meter.getId());
        assertThat(eventTypes()).contains("billing.meter.deactivated", "billing.meter.reactivated");
    }
}
