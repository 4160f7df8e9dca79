package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What makes an invoice's amounts, with as many properties as it can have, for {@link Inspector} to look at. */
class FullMoneyObjectsTest extends MoneyStory {

    static void assertThere(JsonNode served) {
        assertThat(served.isObject()).isTrue();
    }

    JsonNode first(String list) {
        return get(list).path("data").path(0);
    }

    @Test
    void servesEveryKindOfObjectFull() {
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

        assertThere(get("/v1/coupons/TEN?expand[]=applies_to&expand[]=currency_options"));
        assertThere(first("/v1/promotion_codes"));
        assertThere(first("/v1/tax_rates"));
        assertThere(first("/v1/customers/" + customer + "/tax_ids"));
        assertThere(get("/v1/tax/settings"));
        assertThere(first("/v1/tax/registrations"));
        assertThere(first("/v1/customers/" + customer + "/balance_transactions"));
        assertThere(first("/v1/billing/credit_grants?customer=" + customer));
        assertThere(first("/v1/billing/credit_balance_transactions?customer=" + customer));
        assertThere(get("/v1/billing/credit_balance_summary?customer=" + customer
                + "&filter[type]=applicability_scope&filter[applicability_scope][price_type]=metered"));
        assertThere(first("/v1/credit_notes"));
        var invoice = get("/v1/invoices/" + draft + "?expand[]=discounts");
        assertThere(invoice);
        assertThere(invoice.path("discounts").path(0));
    }
}
