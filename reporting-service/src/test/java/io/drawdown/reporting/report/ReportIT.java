package io.drawdown.reporting.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.CapturedPayment;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReversalKind;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.reporting.ReportingPlatform;
import io.drawdown.reporting.WalletHistory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** The books of one small company in Swiss francs, which no other test uses. */
class ReportIT extends ReportingPlatform {

    static final String ACCOUNT = "acct_books";
    static final Instant LAST_OF_NOVEMBER = Instant.parse("2026-11-30T23:59:59.999Z");
    static final Instant FIRST_OF_DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    static final AtomicBoolean KEPT = new AtomicBoolean();

    static final WalletHistory WALLET = new WalletHistory("w_books", ACCOUNT, "CHF", DECEMBER)
            .replenishing("10.00", "45.00")
            .granted("45.00", "40.00")
            .drawnDown("mtr_1", LAST_OF_NOVEMBER, "0.01", "0.0200001")
            .drawnDown("mtr_2", FIRST_OF_DECEMBER, "50.00")
            .requested("rep_1", "45.00");

    @BeforeEach
    void keepBooks() {
        if (KEPT.compareAndSet(false, true)) {
            send(account(ACCOUNT, "Matterhorn, \"the\" AG"));
            send(WALLET);
            send(paid(invoice("in_books_1", "CHF", "45.00"), DECEMBER)
                    .setAccountId(ACCOUNT)
                    .setReplenishmentId("rep_0")
                    .build());
            send(invoice("in_books_2", "CHF", "7.50").setAccountId(ACCOUNT).build());
            send(invoice("in_books_3", "CHF", "3.00")
                    .setStatus(InvoiceStatus.UNCOLLECTIBLE)
                    .build());
            send(invoice("in_books_4", "CHF", "99.00")
                    .setStatus(InvoiceStatus.VOID)
                    .build());
            send(invoice("in_books_5", "CHF", "88.00")
                    .setStatus(InvoiceStatus.DRAFT)
                    .setFinalizedAt(null)
                    .build());
            send(invoice("in_books_6", "CHF", "30.00")
                    .setAmountPaid("10.00")
                    .setAmountRemaining("20.00")
                    .setPayments(List.of(new CapturedPayment("inpay_1", "pi_1", "10.00", DECEMBER)))
                    .build());
            send(
                    Topic.BILLING_PAYMENTS,
                    "re_books_1",
                    List.of(
                            reversal(ReversalState.WITHHELD, "4.00", NOVEMBER.plusSeconds(2)),
                            reversal(ReversalState.RETURNED, "0.00", NOVEMBER.plusSeconds(1))));
            send(
                    Topic.BILLING_PAYMENTS,
                    "rep_1",
                    List.of(new ReplenishmentFailed(
                            "rep_1", "w_books", ACCOUNT, "in_x", "declined", "card_declined", "Declined", NOVEMBER)));
            awaitAll();
        }
    }

    @Nested
    class RevenueInTotal {

        @Test
        void isBilledWhenFinalizedCollectedWhenPaidAndRecognisedWhenUsed() {
            francs("/v1/reports/revenue", "billed").isEqualTo("85.50");
            francs("/v1/reports/revenue", "collected").isEqualTo("55.00");
            francs("/v1/reports/revenue", "recognised").isEqualTo("50.0300001");
        }

        @Test
        void countsFromTheFirstDayToTheLastExclusive() {
            francs("/v1/reports/revenue?from=2026-11&to=2026-12", "billed").isEqualTo("85.50");
            francs("/v1/reports/revenue?from=2026-11&to=2026-12", "collected").isEqualTo("0.00");
            francs("/v1/reports/revenue?from=2026-11-01&to=2026-12-01", "recognised")
                    .isEqualTo("0.0300001");
            francs("/v1/reports/revenue?from=2026-12-01", "recognised").isEqualTo("50.00");
        }

        @Test
        void saysHowOldItIs() {
            body("/v1/reports/revenue")
                    .jsonPath("$.freshness.ageMillis")
                    .isNumber()
                    .jsonPath("$.freshness.incompleteWallets")
                    .isEqualTo(0)
                    .jsonPath("$.freshness.sources.length()")
                    .isEqualTo(4)
                    .jsonPath("$.freshness.sources[0].topic")
                    .isEqualTo("wallet.events.v1")
                    .jsonPath("$.freshness.sources[0].behind")
                    .isEqualTo(0);
        }

        @Test
        void comesAsCsvToWhoAcceptsThat() {
            var csv = csv("/v1/reports/revenue");

            assertThat(csv).startsWith("month,account_id,account_name,currency,billed,collected,recognised,as_of\r\n");
            assertThat(csv).contains("\r\n,,,CHF,85.50,55.00,50.0300001,2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"?from=yesterday", "?from=2026-12&to=2026-11", "?to=2026-11-31"})
        void refusesAPeriodThatIsNone(String query) {
            get("finance", "/v1/reports/revenue" + query)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":invalid-period"));
        }

        @Test
        void comesInNoOtherForm() {
            as("finance")
                    .get()
                    .uri("/v1/reports/revenue")
                    .header("Accept", "application/pdf")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(406);
        }
    }

    @Nested
    class RevenueByMonth {

        @Test
        void countsEachMonthInUtc() {
            body("/v1/reports/revenue/by-month")
                    .jsonPath("$.rows[?(@.currency == 'CHF')].month")
                    .value(months -> assertThat((List<?>) months).asList().containsExactly("2026-11", "2026-12"))
                    .jsonPath("$.rows[?(@.currency == 'CHF')].billed")
                    .value(amounts -> assertThat((List<?>) amounts).asList().containsExactly("85.50", "0.00"))
                    .jsonPath("$.rows[?(@.currency == 'CHF')].collected")
                    .value(amounts -> assertThat((List<?>) amounts).asList().containsExactly("0.00", "55.00"))
                    .jsonPath("$.rows[?(@.currency == 'CHF')].recognised")
                    .value(amounts -> assertThat((List<?>) amounts).asList().containsExactly("0.0300001", "50.00"));
        }

        @Test
        void comesAsCsvToWhoAcceptsThat() {
            assertThat(csv("/v1/reports/revenue/by-month?from=2026-12"))
                    .contains("\r\n2026-12,,,CHF,0.00,55.00,50.00,");
        }
    }

    @Nested
    class RevenueByAccount {

        @Test
        void namesTheAccountAndKeepsWhatIsNobodys() {
            body("/v1/reports/revenue/by-account")
                    .jsonPath("$.rows[?(@.accountId == 'acct_books')].accountName")
                    .isEqualTo("Matterhorn, \"the\" AG")
                    .jsonPath("$.rows[?(@.accountId == 'acct_books')].billed")
                    .isEqualTo("52.50")
                    .jsonPath("$.rows[?(@.currency == 'CHF' && @.accountId == null)].billed")
                    .isEqualTo("33.00");
        }

        @Test
        void saysWhenThereIsMore() {
            body("/v1/reports/revenue/by-account?limit=1")
                    .jsonPath("$.rows.length()")
                    .isEqualTo(1)
                    .jsonPath("$.truncated")
                    .isEqualTo(true);
        }

        @Test
        void comesAsCsvToWhoAcceptsThat() {
            assertThat(csv("/v1/reports/revenue/by-account"))
                    .contains("\r\n,acct_books,\"Matterhorn, \"\"the\"\" AG\",CHF,52.50,45.00,50.0300001,");
        }

        @Test
        void refusesALimitOutOfRange() {
            get("finance", "/v1/reports/revenue/by-account?limit=0")
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Nested
    class InCash {

        @Test
        void tellsWhatCameInAndWhatIsStillToCome() {
            francs("/v1/reports/cash", "collected").isEqualTo("55.00");
            francs("/v1/reports/cash", "replenishments").isEqualTo("45.00");
            francs("/v1/reports/cash", "invoicesPaid").isEqualTo(1);
            francs("/v1/reports/cash", "outstanding").isEqualTo("27.50");
            francs("/v1/reports/cash", "takenBack").isEqualTo("4.00");
            francs("/v1/reports/cash", "uncollectible").isEqualTo("3.00");
            francs("/v1/reports/cash", "replenishmentsFailed").isEqualTo(1);
        }

        @Test
        void comesAsCsvToWhoAcceptsThat() {
            assertThat(csv("/v1/reports/cash?from=2026-12")).contains("\r\nCHF,55.00,45.00,1,0.00,0.00,0,0.00,");
        }
    }

    @Nested
    class OfWallets {

        @Test
        void showsBalancesAndReplenishment() {
            wallet("settled").isEqualTo("-5.0300001");
            wallet("granted").isEqualTo("45.00");
            wallet("paid").isEqualTo("40.00");
            wallet("drawnDown").isEqualTo("50.0300001");
            wallet("threshold").isEqualTo("10.00");
            wallet("pendingReplenishment").isEqualTo("rep_1");
            wallet("complete").isEqualTo(true);
        }

        @Test
        void addsUpCreditAndOverdraftApart() {
            body("/v1/reports/wallets?limit=1")
                    .jsonPath("$.totals[?(@.currency == 'CHF')].overdraft")
                    .isEqualTo("5.0300001")
                    .jsonPath("$.totals[?(@.currency == 'CHF')].credit")
                    .isEqualTo("0.00");
        }

        @Test
        void isForCustomerSuccessToo() {
            get("cs", "/v1/reports/wallets").expectStatus().isOk();
        }

        @Test
        void comesAsCsvToWhoAcceptsThat() {
            assertThat(csv("/v1/reports/wallets")).contains("\r\nw_books,acct_books,");
        }

        private JsonPathAssertions wallet(String member) {
            return body("/v1/reports/wallets").jsonPath("$.rows[?(@.walletId == 'w_books')]." + member);
        }
    }

    @Test
    void showsTheNewestEntriesOfTheLedger() {
        body("/v1/reports/activity?limit=200")
                .jsonPath("$.rows[?(@.walletId == 'w_books' && @.sequence == 3)].amount")
                .isEqualTo("-0.0300001")
                .jsonPath("$.rows[?(@.walletId == 'w_books' && @.sequence == 3)].detail")
                .isEqualTo("2 events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"revenue", "revenue/by-month", "revenue/by-account", "cash", "activity"})
    void areForFinanceOnly(String report) {
        get("finance", "/v1/reports/" + report).expectStatus().isOk();
        get("cs", "/v1/reports/" + report).expectStatus().isForbidden();
        get("sales", "/v1/reports/" + report).expectStatus().isForbidden();
        get("nobody", "/v1/reports/" + report).expectStatus().isUnauthorized();
    }

    private static PaymentReversal reversal(ReversalState state, String takenBack, Instant seenAt) {
        return PaymentReversal.newBuilder()
                .setReversalId("re_books_1")
                .setKind(ReversalKind.DISPUTE)
                .setState(state)
                .setStripeStatus("needs_response")
                .setInvoiceId("in_books_1")
                .setAccountId(ACCOUNT)
                .setAmount(new Money("4.00", "CHF"))
                .setTakenBack(new Money(takenBack, "CHF"))
                .setCreatedAt(NOVEMBER)
                .setSeenAt(seenAt)
                .build();
    }

    private JsonPathAssertions francs(String path, String member) {
        return body(path).jsonPath("$.rows[?(@.currency == 'CHF')]." + member);
    }

    private BodyContentSpec body(String path) {
        return get("finance", path).expectStatus().isOk().expectBody();
    }

    private String csv(String path) {
        return as("finance")
                .get()
                .uri(path)
                .header("Accept", "text/csv")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/csv")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
