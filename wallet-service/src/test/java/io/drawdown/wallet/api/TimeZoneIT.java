package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** In which time zone a wallet is opened, and what it does to usage that a price rates by the month. */
class TimeZoneIT extends WalletIntegrationTest {

    /** Fourteen hours before UTC. */
    private static final String KIRITIMATI = "Pacific/Kiritimati";

    final String account = Outside.unique("acc");

    private WalletClient wallet;

    @BeforeEach
    void name() {
        wallet = new WalletClient(billing, account);
    }

    @Test
    void isTheAccountsWithoutAnybodySayingSo() {
        outside.account(account, KIRITIMATI);
        open("").expectStatus().isCreated().expectBody().jsonPath("$.timeZone").isEqualTo(KIRITIMATI);
        open(",\"name\":\"tokens\"")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.timeZone")
                .isEqualTo(KIRITIMATI);
    }

    @Test
    void isWhatTheRequestSaysWhereCrmDoesNotKnowTheAccount() {
        open(zone("Europe/Berlin"))
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.timeZone")
                .isEqualTo("Europe/Berlin");
    }

    @Test
    void isNeverGuessed() {
        problem(open(""), 409, "unknown-account");
        problem(open(zone("+02:00")), 422, "unknown-time-zone");
        problem(open(zone("EST")), 422, "unknown-time-zone");
    }

    @Test
    void isNotAnotherOneThanTheAccounts() {
        outside.account(account, KIRITIMATI);
        open("").expectStatus().isCreated();
        problem(open(",\"name\":\"tokens\"" + zone("UTC")), 422, "other-time-zone");
        problem(open(zone("UTC")), 422, "other-time-zone");
        problem(open(zone(KIRITIMATI)), 409, "wallet-exists");
    }

    @Test
    void decidesInWhichMonthUsageIsCheaper() {
        open(zone(KIRITIMATI)).expectStatus().isCreated();
        var meter = outside.meteredByTiers(
                Aggregation.SUM,
                PricingScheme.GRADUATED,
                "USD",
                new PriceTier("1", "5", "0"),
                new PriceTier(null, "1", "0"));
        var zone = Zone.of(KIRITIMATI);
        var midnight = zone.startOf(zone.monthOf(now()));
        outside.usage(account, meter, "1", midnight.minusMillis(1));
        outside.usage(account, meter, "1", midnight);
        outside.usage(account, meter, "1", midnight);

        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("-11"));
    }

    private static String zone(String id) {
        return ",\"timeZone\":\"" + id + "\"";
    }

    private ResponseSpec open(String more) {
        return billing.post()
                .uri("/v1/wallets")
                .header("Idempotency-Key", Outside.unique("key"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accountId\":\"%s\",\"currency\":\"USD\"%s}".formatted(account, more))
                .exchange();
    }

    private static void problem(ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:wallet:" + code);
    }
}
