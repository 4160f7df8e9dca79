package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import org.junit.jupiter.api.Test;

class TaxTest extends MoneyStory {

    String rate(String params) {
        return id(post("/v1/tax_rates", "display_name=VAT&" + params));
    }

    @Test
    void exclusiveTaxComesOnTopOfWhatIsLeftAfterDiscounts() throws StripeException {
        var vat = rate("percentage=19&inclusive=false&country=DE");
        post("/v1/coupons", "id=TEN&percent_off=10");
        var draft = draft(customer(""), "default_tax_rates[]=" + vat + "&discounts[0][coupon]=TEN");
        item(draft, 1050, "");
        item(draft, 333, "");
        var invoice = invoice(draft);
        assertThat(invoice.path("subtotal").asLong()).isEqualTo(1383);
        assertThat(invoice.path("total_excluding_tax").asLong()).isEqualTo(1245);
        assertThat(invoice.path("total_taxes").get(0).path("taxable_amount").asLong())
                .isEqualTo(1245);
        assertThat(invoice.path("total").asLong()).isEqualTo(1245 + 180 + 57);
        assertConserved(invoice);
        assertThat(stripe.v1().invoices().pay(draft).getAmountPaid()).isEqualTo(1482);
    }

    @Test
    void inclusiveTaxIsWithinTheTotal() {
        var vat = rate("percentage=7.7&inclusive=true");
        var draft = draft(customer(""), "");
        item(draft, 10770, "tax_rates[]=" + vat);
        item(draft, 500, "");
        var invoice = invoice(draft);
        assertThat(invoice.path("subtotal").asLong()).isEqualTo(11270);
        assertThat(invoice.path("subtotal_excluding_tax").asLong()).isEqualTo(10500);
        assertThat(invoice.path("total").asLong()).isEqualTo(11270);
        assertThat(invoice.path("total_excluding_tax").asLong()).isEqualTo(10500);
        assertThat(sum(invoice.path("total_taxes"))).isEqualTo(770);
        assertConserved(invoice);
    }

    @Test
    void anExemptCustomerPaysNone() {
        var vat = rate("percentage=20&inclusive=false");
        var draft = draft(customer("tax_exempt=exempt"), "default_tax_rates[]=" + vat);
        item(draft, 1000, "");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1000);
        assertThat(invoice(draft)
                        .path("total_taxes")
                        .get(0)
                        .path("taxability_reason")
                        .asString())
                .isEqualTo("customer_exempt");
    }

    @Test
    void anArchivedRateCannotBeNamed() throws StripeException {
        var vat = rate("percentage=20&inclusive=false");
        post("/v1/tax_rates/" + vat, "active=false");
        assertThat(refused("POST", "/v1/invoices", "customer=" + customer("") + "&default_tax_rates[]=" + vat)
                        .path("param")
                        .asString())
                .isEqualTo("default_tax_rates");
        assertThat(refused("POST", "/v1/tax_rates", "display_name=X&inclusive=true&percentage=100.1")
                        .path("param")
                        .asString())
                .isEqualTo("percentage");
        assertThat(eventTypes()).startsWith("tax_rate.created", "tax_rate.updated");
    }

    @Test
    void automaticTaxNeedsToKnowWhereTheCustomerIs() throws StripeException {
        var customer = customer("");
        var draft = draft(customer, "automatic_tax[enabled]=true");
        item(draft, 1000, "");
        assertThat(invoice(draft).path("automatic_tax").path("status").asString())
                .isEqualTo("requires_location_inputs");
        assertThat(refused("POST", "/v1/invoices/" + draft + "/finalize", "")
                        .path("code")
                        .asString())
                .isEqualTo("customer_tax_location_invalid");
        assertThat(eventTypes()).endsWith("invoice.updated", "invoice.finalization_failed");
        var failed = invoice(draft);
        assertThat(failed.path("status").asString()).isEqualTo("draft");
        assertThat(failed.path("last_finalization_error").path("code").asString())
                .isEqualTo("customer_tax_location_invalid");

        post("/v1/customers/" + customer, "address[country]=DE");
        post("/v1/tax/registrations", "country=DE&active_from=now&country_options[de][type]=standard");
        var open = post("/v1/invoices/" + draft + "/finalize", "");
        assertThat(open.path("total").asLong()).isEqualTo(1190);
        assertThat(open.path("automatic_tax").path("status").asString()).isEqualTo("complete");
        assertThat(open.path("last_finalization_error").isNull()).isTrue();
        var rate = open.path("total_taxes")
                .get(0)
                .path("tax_rate_details")
                .path("tax_rate")
                .asString();
        assertThat(get("/v1/tax_rates/" + rate).path("active").asBoolean()).isFalse();
    }

    @Test
    void withoutARegistrationThereNoTaxIsCollected() {
        var draft = draft(customer("address[country]=US&address[state]=CA"), "automatic_tax[enabled]=true");
        item(draft, 1000, "tax_behavior=inclusive");
        assertThat(invoice(draft).path("total_taxes").size()).isZero();
        post(
                "/v1/tax/registrations",
                "country=US&active_from=now&country_options[us][type]=state_sales_tax"
                        + "&country_options[us][state]=CA");
        post("/v1/invoices/" + draft, "description=Taxed");
        var invoice = invoice(draft);
        assertThat(invoice.path("total").asLong()).isEqualTo(1000);
        assertThat(invoice.path("total_excluding_tax").asLong()).isEqualTo(932);
    }

    @Test
    void settingsSayWhatAPriceContainsThatDoesNotSay() {
        assertThat(get("/v1/tax/settings").path("status").asString()).isEqualTo("pending");
        var settings = post(
                "/v1/tax/settings",
                "defaults[tax_behavior]=inclusive&defaults[tax_code]=txcd_10000000&head_office[address][country]=DE");
        assertThat(settings.path("status").asString()).isEqualTo("active");
        post("/v1/tax/registrations", "country=DE&active_from=now&country_options[de][type]=oss_union");
        var draft = draft(customer("address[country]=AT"), "automatic_tax[enabled]=true");
        item(draft, 1200, "");
        assertThat(invoice(draft).path("total_excluding_tax").asLong()).isEqualTo(1000);
        item(draft, 1000, "tax_code=txcd_00000000");
        assertThat(invoice(draft).path("total_excluding_tax").asLong()).isEqualTo(2000);
        assertThat(get("/v1/tax/registrations?status=active").path("data").size())
                .isEqualTo(1);
    }

    @Test
    void invoicesShowTheCustomersTaxIds() {
        var customer = customer("tax_id_data[0][type]=eu_vat&tax_id_data[0][value]=DE000000000");
        var other = id(post("/v1/customers/" + customer + "/tax_ids", "type=ch_vat&value=CHE-123.456.789 MWST"));
        var ids = get("/v1/customers/" + customer + "?expand[]=tax_ids")
                .path("tax_ids")
                .path("data");
        assertThat(ids.get(1).path("verification").path("status").asString()).isEqualTo("verified");
        assertThat(invoice(draft(customer, "")).path("customer_tax_ids").size()).isEqualTo(2);
        good(send("DELETE", "/v1/customers/" + customer + "/tax_ids/" + other, ""));
        assertThat(get("/v1/customers/" + customer + "/tax_ids").path("data").size())
                .isEqualTo(1);
    }
}
