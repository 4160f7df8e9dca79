package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.search.SearchSettings;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operations that no story needs: reading one by its id, and changing what is only said about it. */
class RemainingOperationsTest extends MoneyStory {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withSearch(new SearchSettings(Duration.ZERO));
    }

    /** Changes metadata, tells by that event, and reads it back. */
    void assertAnnotated(String path, String event) throws Exception {
        assertThat(post(path, "metadata[a]=b").path("metadata").path("a").asString())
                .isEqualTo("b");
        assertThat(get(path).path("metadata").path("a").asString()).isEqualTo("b");
        assertThat(eventTypes()).endsWith(event);
    }

    void assertRead(String path, JsonNode expected) {
        assertThat(get(path)).isEqualTo(expected);
    }

    @Test
    void ofPaymentMethods() throws Exception {
        var customer = customer("");
        var method = get("/v1/customers/" + customer + "/payment_methods").at("/data/0");
        assertRead("/v1/customers/" + customer + "/payment_methods/" + id(method), method);
        assertAnnotated("/v1/payment_methods/" + id(method), "payment_method.updated");
        var other = customer("");
        assertThat(refused("GET", "/v1/customers/" + other + "/payment_methods/" + id(method), "")
                        .path("code")
                        .asString())
                .isEqualTo("resource_missing");
    }

    @Test
    void ofCouponsAndCodes() throws Exception {
        post("/v1/coupons", "id=TEN&percent_off=10&duration=once");
        assertAnnotated("/v1/coupons/TEN", "coupon.updated");
        assertThat(get("/v1/coupons").at("/data/0/id").asString()).isEqualTo("TEN");
        var code = id(post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=TEN"));
        assertAnnotated("/v1/promotion_codes/" + code, "promotion_code.updated");
    }

    @Test
    void ofTaxes() {
        var customer = customer("tax_id_data[0][type]=eu_vat&tax_id_data[0][value]=DE000000000");
        var path = "/v1/customers/" + customer + "/tax_ids";
        var vat = get(path).at("/data/0");
        assertRead(path + "/" + id(vat), vat);
        var own = post("/v1/tax_ids", "type=eu_vat&value=DE111111111");
        assertRead("/v1/tax_ids/" + id(own), own);
        assertThat(get("/v1/tax_ids").at("/data/0")).isEqualTo(own);
        assertThat(good(send("DELETE", "/v1/tax_ids/" + id(own), ""))
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        var registered = post(
                "/v1/tax/registrations",
                "country=US&active_from=now&country_options[us][state]=CA"
                        + "&country_options[us][type]=state_sales_tax");
        assertRead("/v1/tax/registrations/" + id(registered), registered);
        var ended = post("/v1/tax/registrations/" + id(registered), "expires_at=now");
        assertThat(ended.path("status").asString()).isEqualTo("expired");
    }

    @Test
    void ofBalancesAndCredits() throws Exception {
        var customer = customer("");
        var path = "/v1/customers/" + customer + "/balance_transactions";
        var entry = post(path, "amount=-100&currency=usd");
        assertRead(path + "/" + id(entry), entry);
        assertThat(post(path + "/" + id(entry), "description=Sorry")
                        .path("description")
                        .asString())
                .isEqualTo("Sorry");
        var grant = post(
                "/v1/billing/credit_grants",
                "customer=" + customer + "&amount[type]=monetary&amount[monetary][currency]=usd"
                        + "&amount[monetary][value]=100&applicability_config[scope][price_type]=metered");
        assertRead("/v1/billing/credit_grants/" + id(grant), grant);
        var ledger = get("/v1/billing/credit_balance_transactions?customer=" + customer)
                .at("/data/0");
        assertRead("/v1/billing/credit_balance_transactions/" + id(ledger), ledger);
    }

    @Test
    void ofInvoicesAndNotes() throws Exception {
        var sent = draft(customer("email=a@acme.example"), "collection_method=send_invoice&days_until_due=30");
        item(sent, 4500, "");
        post("/v1/invoices/" + sent + "/finalize", "");
        assertThat(post("/v1/invoices/" + sent + "/send", "").path("status").asString())
                .isEqualTo("open");
        assertThat(eventTypes()).endsWith("invoice.sent");
        assertThat(get("/v1/invoices/" + sent + "/lines").at("/data/0/amount").asInt())
                .isEqualTo(4500);
        var payment = get("/v1/invoice_payments?invoice=" + sent).at("/data/0");
        assertRead("/v1/invoice_payments/" + id(payment), payment);
        var lines = get("/v1/credit_notes/preview/lines?amount=300&invoice=" + sent);
        assertThat(lines.at("/data/0/amount").asInt()).isEqualTo(300);
        var note = post("/v1/credit_notes", "amount=300&invoice=" + sent);
        assertRead("/v1/credit_notes/" + id(note), note);
        assertAnnotated("/v1/credit_notes/" + id(note), "credit_note.updated");
    }

    @Test
    void ofSubscriptions() throws Exception {
        post("/v1/coupons", "id=TEN&percent_off=10&duration=forever");
        var product = id(post("/v1/products", "name=P"));
        var subscription = post(
                "/v1/subscriptions",
                "customer=" + customer("") + "&discounts[0][coupon]=TEN&items[0][price_data][currency]=usd"
                        + "&items[0][price_data][product]=" + product + "&items[0][price_data][unit_amount]=900"
                        + "&items[0][price_data][recurring][interval]=month");
        assertRead("/v1/subscription_items/" + id(subscription.at("/items/data/0")), subscription.at("/items/data/0"));
        var path = "/v1/subscriptions/" + id(subscription);
        assertThat(good(send("DELETE", path + "/discount", "")).path("deleted").asBoolean())
                .isTrue();
        assertThat(get(path).path("discounts").isEmpty()).isTrue();
        assertThat(eventTypes()).contains("customer.discount.deleted");
        assertThat(get("/v1/subscriptions/search?query=status:%27active%27")
                        .at("/data/0/id")
                        .asString())
                .isEqualTo(id(subscription));
    }

    @Test
    void ofPausedSubscriptions() throws Exception {
        var clock = id(post("/v1/test_helpers/test_clocks", "frozen_time=1769000000"));
        var customer = id(post("/v1/customers", "test_clock=" + clock));
        var product = id(post("/v1/products", "name=P"));
        var path = "/v1/subscriptions/"
                + id(post(
                        "/v1/subscriptions",
                        "customer=" + customer + "&trial_period_days=3"
                                + "&trial_settings[end_behavior][missing_payment_method]=pause"
                                + "&items[0][price_data][currency]=usd&items[0][price_data][product]=" + product
                                + "&items[0][price_data][unit_amount]=900"
                                + "&items[0][price_data][recurring][interval]=month"));
        passes(clock, 4);
        assertThat(get(path).path("status").asString()).isEqualTo("paused");
        post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer);
        var method = get("/v1/customers/" + customer + "/payment_methods")
                .at("/data/0/id")
                .asString();
        post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        assertThat(post(path + "/resume", "").path("status").asString()).isEqualTo("active");
        assertThat(eventTypes()).contains("customer.subscription.resumed");
    }

    @Test
    void ofSetupIntents() throws Exception {
        var path = "/v1/setup_intents/" + id(post("/v1/setup_intents", "customer=" + customer("")));
        assertThat(post(path, "metadata[a]=b").at("/metadata/a").asString()).isEqualTo("b");
        assertThat(post(path + "/confirm", "payment_method=pm_card_visa")
                        .path("status")
                        .asString())
                .isEqualTo("succeeded");
        assertThat(eventTypes()).contains("setup_intent.succeeded");
    }

    @Test
    void ofChargesAndAccounts() throws Exception {
        var paid = post(
                "/v1/payment_intents",
                "amount=900&currency=usd&confirm=true&payment_method=pm_card_visa&return_url=http://127.0.0.1");
        assertAnnotated("/v1/charges/" + paid.path("latest_charge").asString(), "charge.updated");
        var account = get("/v1/account");
        assertRead("/v1/accounts/" + id(account), account);
        assertThat(account.path("created").asLong())
                .isLessThan(paid.path("created").asLong());
    }

    @Test
    void ofAuthorizationsThatLapse() throws Exception {
        var clock = id(post("/v1/test_helpers/test_clocks", "frozen_time=1769000000"));
        var customer = customer("test_clock=" + clock);
        var intent = post(
                "/v1/payment_intents",
                "amount=900&currency=usd&confirm=true&capture_method=manual&customer=" + customer
                        + "&payment_method=pm_card_visa&return_url=http://127.0.0.1");
        passes(clock, 8);
        assertThat(get("/v1/payment_intents/" + id(intent)).path("status").asString())
                .isEqualTo("canceled");
        assertThat(eventTypes()).contains("charge.expired");
    }

    void passes(String clock, int days) {
        var path = "/v1/test_helpers/test_clocks/" + clock;
        post(path + "/advance", "frozen_time=" + (1_769_000_000L + days * 86_400L));
        Awaitility.await().until(() -> get(path).path("status").asString().equals("ready"));
    }
}
