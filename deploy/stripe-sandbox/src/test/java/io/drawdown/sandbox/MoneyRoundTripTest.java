package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Coupon;
import com.stripe.model.CreditNote;
import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.model.Discount;
import com.stripe.model.Invoice;
import com.stripe.model.PromotionCode;
import com.stripe.model.StripeObject;
import com.stripe.model.TaxId;
import com.stripe.model.TaxRate;
import com.stripe.model.billing.CreditBalanceSummary;
import com.stripe.model.billing.CreditBalanceTransaction;
import com.stripe.model.billing.CreditGrant;
import com.stripe.model.tax.Registration;
import com.stripe.model.tax.Settings;
import com.stripe.net.ApiResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property served of what makes an invoice's amounts must survive stripe-java's model classes. */
class MoneyRoundTripTest extends MoneyStory {

    static void assertSurvives(JsonNode served, Class<? extends StripeObject> model) {
        assertThat(served.isMissingNode() || served.isNull())
                .as(model.getName())
                .isFalse();
        var back = ApiResource.GSON.fromJson(served.toString(), model).toJson();
        RoundTripTest.assertSurvives(served, JsonMapper.shared().readTree(back), model.getSimpleName());
    }

    JsonNode first(String list) {
        return get(list).path("data").path(0);
    }

    @Test
    void losesNothing() {
        var customer = customer("tax_id_data[0][type]=eu_vat&tax_id_data[0][value]=DE000000000&address[country]=DE");
        var vat = id(post("/v1/tax_rates", "display_name=VAT&percentage=8.1&inclusive=true&tax_type=vat&country=CH"));
        post("/v1/coupons", "id=TEN&percent_off=10.5&duration=repeating&duration_in_months=3&max_redemptions=9");
        post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=TEN&code=TEN");
        post("/v1/tax/settings", "defaults[tax_behavior]=exclusive&head_office[address][country]=CH");
        post("/v1/tax/registrations", "country=DE&active_from=now&country_options[de][type]=oss_union");
        post(
                "/v1/billing/credit_grants",
                "customer=" + customer + "&amount[type]=monetary&amount[monetary][currency]=usd"
                        + "&amount[monetary][value]=100&applicability_config[scope][price_type]=metered&name=G");
        var draft = draft(customer, "discounts[0][coupon]=TEN&default_tax_rates[]=" + vat + "&footer=Thanks");
        item(draft, 5000, "");
        post("/v1/invoices/" + draft + "/pay", "");
        post("/v1/credit_notes", "invoice=" + draft + "&amount=300&credit_amount=100&refund_amount=200&memo=Sorry");

        assertSurvives(get("/v1/coupons/TEN?expand[]=applies_to&expand[]=currency_options"), Coupon.class);
        assertSurvives(first("/v1/promotion_codes"), PromotionCode.class);
        assertSurvives(first("/v1/tax_rates"), TaxRate.class);
        assertSurvives(first("/v1/customers/" + customer + "/tax_ids"), TaxId.class);
        assertSurvives(get("/v1/tax/settings"), Settings.class);
        assertSurvives(first("/v1/tax/registrations"), Registration.class);
        assertSurvives(first("/v1/customers/" + customer + "/balance_transactions"), CustomerBalanceTransaction.class);
        assertSurvives(first("/v1/billing/credit_grants?customer=" + customer), CreditGrant.class);
        assertSurvives(
                first("/v1/billing/credit_balance_transactions?customer=" + customer), CreditBalanceTransaction.class);
        assertSurvives(
                get("/v1/billing/credit_balance_summary?customer=" + customer
                        + "&filter[type]=applicability_scope&filter[applicability_scope][price_type]=metered"),
                CreditBalanceSummary.class);
        assertSurvives(first("/v1/credit_notes"), CreditNote.class);
        var invoice = get("/v1/invoices/" + draft + "?expand[]=discounts");
        assertSurvives(invoice, Invoice.class);
        assertSurvives(invoice.path("discounts").path(0), Discount.class);
    }
}
