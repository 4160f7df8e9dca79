package io.drawdown.billing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.billing.MeterCreateParams;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripePriceTier;
import io.drawdown.events.billing.StripeProduct;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class CatalogIT extends SyncPlatform {

    @Autowired
    CatalogPull pull;

    @Autowired
    JdbcClient jdbc;

    @Test
    void publishesWhatTheCatalogueSaysIncludingFractionsOfACent() {
        var product = product("Calls");
        var meter = meter();
        var metered = stripe.call(client -> client.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setProduct(product)
                                .setCurrency("usd")
                                .setUnitAmountDecimal(new BigDecimal("0.05"))
                                .setRecurring(PriceCreateParams.Recurring.builder()
                                        .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                                        .setMeter(meter)
                                        .build())
                                .build()))
                .getId();

        var seen = published.await(StripePrice.class, each -> each.getPriceId().equals(metered));
        assertThat(seen.getUnitAmount().getAmount()).isEqualTo("0.0005");
        assertThat(seen.getUnitAmount().getCurrency()).isEqualTo("USD");
        assertThat(seen.getKind()).isEqualTo("metered");
        assertThat(seen.getMeterId()).isEqualTo(meter);
        assertThat(published
                        .await(StripeMeter.class, each -> each.getMeterId().equals(meter))
                        .getFormula())
                .isEqualTo("sum");
        assertThat(published
                        .await(StripeProduct.class, each -> each.getProductId().equals(product))
                        .getName())
                .isEqualTo("Calls");
    }

    @Test
    void asksForTiersWhichStripeLeavesOutUnasked() {
        var product = product("Tokens");
        var meter = meter();
        var graduated = stripe.call(client -> client.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setProduct(product)
                                .setCurrency("usd")
                                .setBillingScheme(PriceCreateParams.BillingScheme.TIERED)
                                .setTiersMode(PriceCreateParams.TiersMode.GRADUATED)
                                .addTier(PriceCreateParams.Tier.builder()
                                        .setUpTo(1_000L)
                                        .setUnitAmountDecimal(new BigDecimal("0.5"))
                                        .setFlatAmount(200L)
                                        .build())
                                .addTier(PriceCreateParams.Tier.builder()
                                        .setUpTo(PriceCreateParams.Tier.UpTo.INF)
                                        .setUnitAmountDecimal(new BigDecimal("0.25"))
                                        .build())
                                .setRecurring(PriceCreateParams.Recurring.builder()
                                        .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                                        .setMeter(meter)
                                        .build())
                                .build()))
                .getId();

        var seen = published.await(StripePrice.class, each -> each.getPriceId().equals(graduated));
        assertThat(seen.getScheme()).isEqualTo("graduated");
        assertThat(seen.getUnitAmount()).isNull();
        assertThat(seen.getTiers())
                .containsExactly(
                        new StripePriceTier("1000", "0.005", "2.00"), new StripePriceTier(null, "0.0025", "0.00"));

        pull.pull();

        assertThat(foundByComparing()).isZero();
    }

    @Test
    void findsByComparingWhatNoWebhookTold() {
        stripe.loseWebhooks();
        var product = product("Silent");

        pull.pull();

        published.await(StripeProduct.class, each -> each.getProductId().equals(product));
    }

    @Test
    void publishesNothingWhenAComparisonFindsNothingNew() {
        var product = product("Steady");
        published.await(StripeProduct.class, each -> each.getProductId().equals(product));

        pull.pull();

        assertThat(foundByComparing()).isZero();
        assertThat(published.all(
                        StripeProduct.class, each -> each.getProductId().equals(product)))
                .hasSize(1);
    }

    @Test
    void tellsOfAProductThatIsWithdrawnAndOfOneThatIsDeleted() {
        var product = product("Old");
        stripe.call(client -> client.v1()
                .products()
                .update(product, ProductUpdateParams.builder().setActive(false).build()));
        published.await(StripeProduct.class, each -> each.getProductId().equals(product) && !each.getActive());

        stripe.call(client -> client.v1().products().delete(product));

        published.await(StripeProduct.class, each -> each.getProductId().equals(product) && each.getDeleted());
    }

    private int foundByComparing() {
        return jdbc.sql("select found from sync_run where name = 'catalog'")
                .query(Integer.class)
                .single();
    }

    private String product(String name) {
        return stripe.call(client -> client.v1()
                        .products()
                        .create(ProductCreateParams.builder().setName(name).build()))
                .getId();
    }

    private String meter() {
        return stripe.call(client -> client.v1()
                        .billing()
                        .meters()
                        .create(MeterCreateParams.builder()
                                .setDisplayName("Calls")
                                .setEventName(unique("calls"))
                                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                        .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                        .build())
                                .build()))
                .getId();
    }
}
