package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceRetrieveParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscountTest extends MoneyStory {

    @Test
    void aCouponOnAPurchaseIsTakenOffAndCollected() throws StripeException {
        post("/v1/coupons", "id=WELCOME&percent_off=25&name=Welcome");
        var customer = customerPayingWith("pm_card_visa");
        var draft = stripe.v1()
                .invoices()
                .create(InvoiceCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addDiscount(InvoiceCreateParams.Discount.builder()
                                .setCoupon("WELCOME")
                                .build())
                        .build());
        item(draft.getId(), 3333, "");
        item(draft.getId(), 3334, "");
        item(draft.getId(), 1000, "discountable=false");
        var paid = stripe.v1().invoices().pay(draft.getId());
        assertThat(paid.getSubtotal()).isEqualTo(7667);
        assertThat(paid.getTotal()).isEqualTo(7667 - 1667);
        assertThat(paid.getAmountPaid()).isEqualTo(6000);
        assertConserved(invoice(draft.getId()));
        var discount = stripe.v1()
                .invoices()
                .retrieve(
                        draft.getId(),
                        InvoiceRetrieveParams.builder()
                                .addExpand("discounts.source.coupon")
                                .build())
                .getDiscountObjects()
                .getFirst();
        assertThat(discount.getSource().getCouponObject().getTimesRedeemed()).isEqualTo(1);
        assertThat(discount.getInvoice()).isEqualTo(draft.getId());
    }

    @Test
    void linesAreDiscountedBeforeTheInvoice() {
        post("/v1/coupons", "id=TEN&percent_off=10");
        post("/v1/coupons", "id=FIVER&amount_off=500&currency=usd&currency_options[eur][amount_off]=450");
        var draft = draft(customer(""), "discounts[0][coupon]=TEN");
        item(draft, 2000, "discounts[0][coupon]=FIVER");
        item(draft, 1001, "");
        var invoice = invoice(draft);
        assertThat(invoice.path("subtotal").asLong()).isEqualTo(2501);
        assertThat(invoice.path("total").asLong()).isEqualTo(2501 - 250);
        assertThat(sum(invoice.path("total_discount_amounts"))).isEqualTo(750);
        assertThat(invoice.path("total_discount_amounts").size()).isEqualTo(2);
        assertConserved(invoice);
    }

    @Test
    void aCouponForAProductLeavesOthersAlone() {
        var product = id(post(
                "/v1/products",
                "name=Tokens&default_price_data[currency]=usd" + "&default_price_data[unit_amount]=1000"));
        var price = get("/v1/products/" + product).path("default_price").asString();
        post("/v1/coupons", "id=TOKENS&percent_off=50&applies_to[products][]=" + product);
        assertThat(get("/v1/coupons/TOKENS").has("applies_to")).isFalse();
        assertThat(get("/v1/coupons/TOKENS?expand[]=applies_to")
                        .path("applies_to")
                        .path("products")
                        .get(0)
                        .asString())
                .isEqualTo(product);
        var customer = customer("");
        var draft = draft(customer, "");
        item(draft, 700, "");
        post("/v1/invoiceitems", "customer=" + customer + "&invoice=" + draft + "&pricing[price]=" + price);
        post("/v1/invoices/" + draft, "discounts[0][coupon]=TOKENS");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1200);
        post("/v1/invoices/" + draft, "discounts=");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1700);
    }

    @Test
    void whatHasRunOutIsRefusedAndWhatIsRedeemedStays() {
        post("/v1/coupons", "id=ONCE&amount_off=100&currency=usd&max_redemptions=1");
        var customer = customer("");
        var draft = draft(customer, "discounts[0][coupon]=ONCE");
        assertThat(get("/v1/coupons/ONCE").path("valid").asBoolean()).isFalse();
        assertThat(refused("POST", "/v1/invoices", "customer=" + customer + "&discounts[0][coupon]=ONCE")
                        .path("code")
                        .asString())
                .isEqualTo("coupon_expired");
        good(send("DELETE", "/v1/coupons/ONCE", ""));
        item(draft, 1000, "");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(900);
        assertThat(refused("POST", "/v1/invoices", "customer=" + customer + "&discounts[0][coupon]=ONCE")
                        .path("code")
                        .asString())
                .isEqualTo("resource_missing");
    }

    @Test
    void aCodeStandsForItsCouponWithinItsRestrictions() {
        var coupon = id(post("/v1/coupons", "percent_off=20&duration=forever"));
        var friend = customer("");
        var code = post(
                "/v1/promotion_codes",
                "promotion[type]=coupon&promotion[coupon]=" + coupon + "&code=Friends&customer=" + friend
                        + "&max_redemptions=1&restrictions[minimum_amount]=1000"
                        + "&restrictions[minimum_amount_currency]=usd&restrictions[first_time_transaction]=true");
        assertThat(get("/v1/promotion_codes?code=FRIENDS").path("data").size()).isEqualTo(1);
        var use = "discounts[0][promotion_code]=" + id(code);
        assertThat(refused("POST", "/v1/invoices", "customer=" + customer("") + "&" + use)
                        .path("message")
                        .asString())
                .contains("another customer");
        var draft = draft(friend, "");
        item(draft, 999, "");
        assertThat(refused("POST", "/v1/invoices/" + draft, use).path("message").asString())
                .contains("too small");
        item(draft, 1, "");
        assertThat(post("/v1/invoices/" + draft, use).path("total").asLong()).isEqualTo(800);
        assertThat(get("/v1/promotion_codes/" + id(code)).path("active").asBoolean())
                .isFalse();
        assertThat(refused("POST", "/v1/invoices", "customer=" + friend + "&" + use)
                        .path("message")
                        .asString())
                .contains("no longer active");
    }

    @Test
    void aCustomerHasNoneToDelete() {
        assertThat(refused("DELETE", "/v1/customers/" + customer("") + "/discount", "")
                        .path("code")
                        .asString())
                .isEqualTo("resource_missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percent_off=101",
                "percent_off=0",
                "amount_off=100",
                "percent_off=10&amount_off=100&currency=usd",
                "name=nothing",
                "percent_off=10&duration=repeating",
                "percent_off=10&duration_in_months=3",
                "percent_off=10&redeem_by=1",
                "percent_off=10&max_redemptions=0",
                "percent_off=10&applies_to[products][]=prod_x"
            })
    void aCouponThatMakesNoSenseIsRefused(String params) {
        assertThat(refused("POST", "/v1/coupons", params).path("type").asString())
                .isEqualTo("invalid_request_error");
    }
}
