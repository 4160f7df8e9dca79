package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceAddLinesParams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class InvoiceLineTest extends MoneyStory {

    String customer;
    String draft;

    @BeforeEach
    void createDraft() {
        customer = customer("");
        draft = draft(customer, "");
    }

    JsonNode lines() {
        return invoice(draft).path("lines").path("data");
    }

    @Test
    void areAddedSeveralAtOnce() throws StripeException {
        var pending = id(post("/v1/invoiceitems", "customer=" + customer + "&amount=300&currency=usd"));
        var invoice = stripe.v1()
                .invoices()
                .addLines(
                        draft,
                        InvoiceAddLinesParams.builder()
                                .addLine(InvoiceAddLinesParams.Line.builder()
                                        .setDescription("Setup")
                                        .setAmount(1000L)
                                        .build())
                                .addLine(InvoiceAddLinesParams.Line.builder()
                                        .setInvoiceItem(pending)
                                        .build())
                                .addLine(InvoiceAddLinesParams.Line.builder()
                                        .setQuantity(3L)
                                        .setPriceData(InvoiceAddLinesParams.Line.PriceData.builder()
                                                .setCurrency("usd")
                                                .setUnitAmount(20L)
                                                .setProductData(
                                                        InvoiceAddLinesParams.Line.PriceData.ProductData.builder()
                                                                .setName("Tokens")
                                                                .build())
                                                .build())
                                        .build())
                                .putInvoiceMetadata("batch", "7")
                                .build());
        assertThat(invoice.getTotal()).isEqualTo(1360);
        assertThat(invoice.getMetadata()).containsEntry("batch", "7");
        var price = invoice.getLines().getData().getFirst().getPricing().getPriceDetails();
        assertThat(stripe.v1().prices().retrieve(price.getPrice()).getActive()).isFalse();
        assertThat(eventTypesAfter("customer.created"))
                .containsSubsequence("product.created", "price.created", "invoiceitem.created", "invoice.updated");
        assertThat(get("/v1/invoiceitems/" + pending).path("invoice").asString())
                .isEqualTo(draft);
    }

    @Test
    void areChangedAndSoAreTheirItems() {
        item(draft, 1000, "");
        item(draft, 500, "");
        var line = id(lines().get(0));
        var changed =
                post("/v1/invoices/" + draft + "/lines/" + line, "amount=700&description=Less&discountable=false");
        assertThat(id(changed)).isEqualTo(line);
        assertThat(changed.path("amount").asLong()).isEqualTo(700);
        var other = id(lines().get(1));
        var invoice = post("/v1/invoices/" + draft + "/update_lines", "lines[0][id]=" + other + "&lines[0][amount]=1");
        assertThat(invoice.path("total").asLong()).isEqualTo(701);
        assertThat(get("/v1/invoiceitems?invoice=" + draft)
                        .path("data")
                        .get(0)
                        .path("description")
                        .asString())
                .isEqualTo("Less");
    }

    @Test
    void areRemovedForGoodOrUntilTheNextInvoice() throws StripeException {
        var kept = item(draft, 1000, "");
        var gone = item(draft, 500, "");
        var invoice = post(
                "/v1/invoices/" + draft + "/remove_lines",
                "lines[0][behavior]=delete&lines[0][id]=" + id(lines().get(0))
                        + "&lines[1][behavior]=unassign&lines[1][id]=" + id(lines().get(1)));
        assertThat(invoice.path("total").asLong()).isZero();
        assertThat(get("/v1/invoiceitems/" + kept).path("invoice").isNull()).isTrue();
        assertThat(refused("GET", "/v1/invoiceitems/" + gone, "").path("code").asString())
                .isEqualTo("resource_missing");
        assertThat(eventTypes()).contains("invoiceitem.deleted");
    }

    @Test
    void areFixedOnceTheInvoiceIsFinal() {
        item(draft, 1000, "");
        var line = id(lines().get(0));
        post("/v1/invoices/" + draft + "/finalize", "");
        assertThat(refused("POST", "/v1/invoices/" + draft + "/lines/" + line, "amount=1")
                        .path("code")
                        .asString())
                .isEqualTo("invoice_not_editable");
    }

    @Test
    void arePricedInTheInvoicesCurrencyWhereThePriceOffersIt() {
        var product = id(post("/v1/products", "name=Tokens"));
        var price = id(post(
                "/v1/prices",
                "currency=usd&unit_amount=100&product=" + product
                        + "&currency_options[eur][unit_amount_decimal]=92.5"));
        var options = get("/v1/prices/" + price + "?expand[]=currency_options").path("currency_options");
        assertThat(options.path("usd").path("unit_amount").asLong()).isEqualTo(100);
        var euros = id(post("/v1/invoices", "customer=" + customer + "&currency=eur"));
        post("/v1/invoiceitems", "invoice=" + euros + "&quantity=3&pricing[price]=" + price);
        assertThat(invoice(euros).path("total").asLong()).isEqualTo(278);
        var pounds = id(post("/v1/invoices", "customer=" + customer + "&currency=gbp"));
        assertThat(refused("POST", "/v1/invoiceitems", "invoice=" + pounds + "&pricing[price]=" + price)
                        .path("message")
                        .asString())
                .contains("no currency option for gbp");
        assertThat(refused("POST", "/v1/prices/" + price, "currency_options[eur][unit_amount]=1")
                        .path("param")
                        .asString())
                .isEqualTo("currency_options[eur]");
    }

    @ParameterizedTest
    @CsvSource({
        "amount=1000000000000",
        "amount=-1000000000000",
        "amount=-999999999999999999",
        "quantity=2000000&unit_amount_decimal=1000000"
    })
    void haveTwelveDigitsAtMost(String amount) {
        var refused = refused("POST", "/v1/invoiceitems", "invoice=" + draft + "&currency=usd&" + amount);
        assertThat(refused.path("code").asString()).isEqualTo("amount_too_large");
    }

    @Test
    void mayHaveAFractionOfAUnit() {
        post("/v1/invoiceitems", "invoice=" + draft + "&currency=usd&unit_amount_decimal=10.5&quantity_decimal=2.5");
        assertThat(lines().get(0).path("quantity_decimal").asString()).isEqualTo("2.5");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(26);
    }
}
