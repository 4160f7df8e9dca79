package io.drawdown.billing.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.crm.AccountStatus;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class CustomerIT extends SyncPlatform {

    final String account = unique("acc");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CustomerLinks links;

    @Test
    void createsOneCustomerHoweverOftenTheAccountIsRepeated() {
        publishAccount(account, "Acme");
        publishAccount(account, "Acme");
        var customer = customerOf(account);
        publishAccount(account, "Acme");
        publishAccount(account, "Acme Ltd");

        assertThat(customer.getName()).isEqualTo("Acme");
        assertThat(customer.getHasDefaultPaymentMethod()).isFalse();
        published.await(Customer.class, seen -> "Acme Ltd".equals(seen.getName()));
        assertThat(stripe.customersOf(emailOf(account))).singleElement().satisfies(made -> {
            assertThat(made.getId()).isEqualTo(customer.getCustomerId());
            assertThat(made.getName()).isEqualTo("Acme Ltd");
            assertThat(made.getMetadata()).containsEntry("drawdown_account_id", account);
        });
    }

    @ParameterizedTest
    @CsvSource({"cut-after, 500", "error-after, 500", "error-before, 500", "error-before, 429", "cut-before, 500"})
    void createsOneCustomerWhateverHappensToTheFirstAnswer(String trouble, int status) {
        stripe.trouble(trouble, "POST", "/v1/customers", status, 2);
        publishAccount(account, "Acme");

        customerOf(account);
        assertThat(stripe.customersOf(emailOf(account))).hasSize(1);
    }

    @Test
    void linksACustomerMadeInStripeThatNamesItsAccount() {
        var made = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));
        assertThat(customerOf(account).getCustomerId()).isEqualTo(made.getId());

        publishAccount(account, "Named by us");

        published.await(Customer.class, seen -> "Named by us".equals(seen.getName()));
        assertThat(stripe.customersOf(emailOf(account))).hasSize(1);
    }

    @Test
    void leavesASecondCustomerThatNamesTheSameAccountWithoutOne() {
        publishAccount(account, "Acme");
        var first = customerOf(account).getCustomerId();
        var second = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));

        var seen = published.await(Customer.class, each -> each.getCustomerId().equals(second.getId()));

        assertThat(seen.getAccountId()).isNull();
        assertThat(first).isNotEqualTo(second.getId());
    }

    @Test
    void tellsWhenACustomerCanBeChargedAndWhenItIsGone() {
        publishAccount(account, "Acme");
        var customer = customerOf(account).getCustomerId();

        stripe.giveCard(customer, "pm_card_visa");
        published.await(
                Customer.class, seen -> seen.getCustomerId().equals(customer) && seen.getHasDefaultPaymentMethod());

        stripe.call(client -> client.v1().customers().delete(customer));
        published.await(Customer.class, seen -> seen.getCustomerId().equals(customer) && seen.getDeleted());
    }

    @Test
    void replacesACustomerThatWasDeletedAndRemembersWhoseItWas() {
        publishAccount(account, "Acme");
        var former = customerOf(account).getCustomerId();
        stripe.call(client -> client.v1().customers().delete(former));

        var successor = awaitSuccessor(former);

        assertThat(published
                        .await(Customer.class, seen -> seen.getCustomerId().equals(former) && seen.getDeleted())
                        .getAccountId())
                .isEqualTo(account);
        assertThat(links.customerOf(account)).contains(successor);
        assertThat(links.ownerOf(former)).as("a late invoice of the old one").contains(account);
        assertThat(stripe.customersOf(emailOf(account))).singleElement().satisfies(made -> {
            assertThat(made.getId()).isEqualTo(successor);
            assertThat(made.getMetadata()).containsEntry("drawdown_account_id", account);
        });
    }

    @Test
    void doesNotGoBackToADeletedCustomerThatTheAccountStillNames() {
        publishAccount(account, "Acme");
        var former = customerOf(account).getCustomerId();
        stripe.loseWebhooks();
        stripe.call(client -> client.v1().customers().delete(former));

        // The change that Stripe refuses is how the deletion comes to light.
        publishAccount(account, "Acme renamed", former, AccountStatus.ACTIVE);
        stripe.endTroubles();
        var successor = awaitSuccessor(former);
        publishAccount(account, "Acme again", former, AccountStatus.ACTIVE);

        published.await(
                Customer.class, seen -> seen.getCustomerId().equals(successor) && "Acme again".equals(seen.getName()));
        assertThat(links.customerOf(account)).contains(successor);
    }

    @Test
    void makesNoSuccessorForAClosedAccount() {
        publishAccount(account, "Acme");
        var former = customerOf(account).getCustomerId();
        publishAccount(account, "Acme", former, AccountStatus.CLOSED);
        Awaitility.await().until(() -> isClosed(account));

        stripe.call(client -> client.v1().customers().delete(former));

        published.await(Customer.class, seen -> seen.getCustomerId().equals(former) && seen.getDeleted());
        assertThat(links.ownerOf(former)).contains(account);
        assertThat(jdbc.sql("select next_attempt_at is null and customer_id is null from account_customer"
                                + " where account_id = ?")
                        .params(account)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private boolean isClosed(String accountId) {
        return jdbc.sql("select closed from account_customer where account_id = ?")
                .params(accountId)
                .query(Boolean.class)
                .single();
    }

    private String awaitSuccessor(String former) {
        return published
                .await(
                        Customer.class,
                        seen -> account.equals(seen.getAccountId())
                                && !seen.getCustomerId().equals(former))
                .getCustomerId();
    }

    @Test
    void publishesOneStateOnceHoweverManyEventsTellOfIt() {
        stripe.duplicateWebhooks();
        publishAccount(account, "Acme");
        var customer = customerOf(account).getCustomerId();

        Awaitility.await()
                .untilAsserted(() -> as("billing")
                        .get()
                        .uri("/v1/sync")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.refreshes.waiting")
                        .isEqualTo(0));
        assertThat(published.all(Customer.class, seen -> seen.getCustomerId().equals(customer)))
                .hasSize(1);
    }

    @Test
    void isNotHeldUpByAnotherAccountWhoseStepFailsUnexpectedly() {
        var broken = unique("acc");
        stripe.loseWebhooks();
        var taken = stripe.createCustomer(emailOf(broken), Map.of("drawdown_account_id", broken))
                .getId();
        // The customer that names the account is linked to another, which the table refuses to have twice.
        jdbc.sql("insert into account_customer (account_id, customer_id) values (?, ?)")
                .params("other-" + broken, taken)
                .update();
        jdbc.sql("""
                insert into account_customer (account_id, name, email, sent_name, sent_email, create_started_at,
                    attempts, next_attempt_at)
                values (:id, 'Broken', :email, 'Broken', :email, now(), 1, 'epoch')""").param("id", broken).param("email", emailOf(broken)).update();
        try {
            Awaitility.await().until(() -> attemptsOf(broken) > 2);
            stripe.endTroubles();
            publishAccount(account, "Acme");

            customerOf(account);
        } finally {
            jdbc.sql("delete from account_customer where account_id in (?, ?)")
                    .params(broken, "other-" + broken)
                    .update();
        }
    }

    private int attemptsOf(String accountId) {
        return jdbc.sql("select attempts from account_customer where account_id = ? and last_error is not null")
                .params(accountId)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private Customer customerOf(String accountId) {
        return published.await(Customer.class, seen -> accountId.equals(seen.getAccountId()));
    }
}
