package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CreditGrantTest extends MoneyStory {

    static final String METERED = "&applicability_config[scope][price_type]=metered";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    String customer;

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withClock(now::get);
    }

    @BeforeEach
    void createCustomer() {
        customer = customer("");
    }

    String grant(long cents, String params) {
        return id(post(
                "/v1/billing/credit_grants",
                "customer=" + customer
                        + "&amount[type]=monetary&amount[monetary][currency]=usd&amount[monetary][value]=" + cents
                        + METERED + "&" + params));
    }

    JsonNode balance() {
        var summary = get("/v1/billing/credit_balance_summary?customer=" + customer
                + "&filter[type]=applicability_scope&filter[applicability_scope][price_type]=metered");
        return summary.path("balances").get(0);
    }

    long available() {
        return balance()
                .path("available_balance")
                .path("monetary")
                .path("value")
                .asLong();
    }

    long ledger() {
        return balance().path("ledger_balance").path("monetary").path("value").asLong();
    }

    JsonNode transactions() {
        return get("/v1/billing/credit_balance_transactions?customer=" + customer)
                .path("data");
    }

    @Test
    void grantsMakeTheBalance() throws StripeException {
        grant(1000, "name=Top-up&metadata[drawdown]=1");
        grant(
                500,
                "category=promotional&priority=0&effective_at="
                        + now.get().plus(Duration.ofDays(1)).getEpochSecond());
        assertThat(available()).isEqualTo(1000);
        assertThat(ledger()).isEqualTo(1500);
        assertThat(eventTypesAfter("customer.created"))
                .endsWith(
                        "billing.credit_grant.created",
                        "billing.credit_balance_transaction.created",
                        "billing.credit_grant.created",
                        "billing.credit_balance_transaction.created");
        assertThat(transactions().get(0).path("credit").path("type").asString()).isEqualTo("credits_granted");
    }

    @Test
    void aGrantIsGoneAtItsEnd() throws StripeException {
        var grant =
                grant(1000, "expires_at=" + now.get().plus(Duration.ofDays(1)).getEpochSecond());
        now.set(now.get().plus(Duration.ofDays(1)));
        Awaitility.await().until(() -> transactions().size() == 2);
        assertThat(transactions().get(0).path("debit").path("type").asString()).isEqualTo("credits_expired");
        assertThat(ledger()).isZero();
        assertThat(eventTypes()).endsWith("billing.credit_balance_transaction.created");
        assertThat(refused("POST", "/v1/billing/credit_grants/" + grant + "/void", "")
                        .path("message")
                        .asString())
                .contains("expired already");
    }

    @Test
    void aGrantWhoseEndIsTakenAwayStays() {
        var grant =
                grant(1000, "expires_at=" + now.get().plus(Duration.ofDays(1)).getEpochSecond());
        assertThat(post("/v1/billing/credit_grants/" + grant, "expires_at=")
                        .path("expires_at")
                        .isNull())
                .isTrue();
        now.set(now.get().plus(Duration.ofDays(2)));
        assertThat(available()).isEqualTo(1000);
    }

    @Test
    void grantsAreEndedByHand() throws StripeException {
        var expired = post("/v1/billing/credit_grants/" + grant(1000, "") + "/expire", "");
        assertThat(expired.path("expires_at").asLong()).isEqualTo(now.get().getEpochSecond());
        var voided = post("/v1/billing/credit_grants/" + grant(700, "") + "/void", "");
        assertThat(voided.path("voided_at").asLong()).isEqualTo(now.get().getEpochSecond());
        assertThat(ledger()).isZero();
        assertThat(transactions())
                .extracting(
                        transaction -> transaction.path("debit").path("type").asString(""))
                .containsExactly("credits_voided", "", "credits_expired", "");
        assertThat(eventTypes()).endsWith("billing.credit_balance_transaction.created", "billing.credit_grant.updated");
    }

    @Test
    void oneOffItemsAreNotPaidByCredits() throws StripeException {
        grant(1000, "");
        var draft = draft(customer, "");
        item(draft, 800, "");
        assertThat(stripe.v1().invoices().pay(draft).getAmountPaid()).isEqualTo(800);
        assertThat(available()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount[monetary][value]=0&amount[monetary][currency]=usd" + METERED,
                "amount[monetary][value]=100&amount[monetary][currency]=usd",
                "amount[monetary][value]=100&amount[monetary][currency]=usd&priority=101" + METERED,
                "amount[monetary][value]=100&amount[monetary][currency]=usd&expires_at=1" + METERED,
                "amount[monetary][value]=100&amount[monetary][currency]=usd&applicability_config[scope][prices][0][id]=price_x"
            })
    void aGrantThatMakesNoSenseIsRefused(String params) {
        assertThat(refused(
                                "POST",
                                "/v1/billing/credit_grants",
                                "customer=" + customer + "&amount[type]=monetary&" + params)
                        .path("type")
                        .asString())
                .isEqualTo("invalid_request_error");
    }
}
