package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.Account;
import io.drawdown.crm.account.domain.StripeCustomer;
import io.drawdown.events.Topic;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wire.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens and changes accounts; each change and its record on {@code crm.accounts.v1} are one transaction. */
@Service
public class Accounts {

    private final AccountTable table;
    private final StripeCustomerTable customers;
    private final Outbox outbox;
    private final Clock clock;

    Accounts(AccountTable table, StripeCustomerTable customers, Outbox outbox, Clock clock) {
        this.table = table;
        this.customers = customers;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Opens the account within the transaction that wins its opportunity. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void open(Account account) {
        table.add(account);
        publish(account);
    }

    /**
     * Takes note of a customer in Stripe; changes and publishes its account only when that uses another customer now.
     *
     * @throws IllegalStateException when there is no such account
     */
    @Transactional
    void see(StripeCustomer customer) {
        var account = table.lock(customer.accountId()).orElseThrow(() -> notOurs(customer));
        var former = customers.accountOf(customer.customerId());
        customers.see(customer);
        former.filter(other -> !other.equals(account.accountId()))
                .flatMap(table::lock)
                .ifPresent(this::chooseCustomer);
        chooseCustomer(account);
    }

    private void chooseCustomer(Account account) {
        var inUse = StripeCustomer.inUse(customers.of(account.accountId()), account.stripeCustomerId())
                .orElse(null);
        if (!Objects.equals(inUse, account.stripeCustomerId())) {
            var changed = account.withStripeCustomer(inUse, now());
            table.store(changed);
            publish(changed);
        }
    }

    /** Gives the account these external keys and no others. */
    @Transactional
    Account nameExternally(String accountId, List<String> keys) {
        var account = table.lock(accountId).orElseThrow(() -> unknown(accountId));
        var changed = account.withExternalKeys(keys, now());
        if (changed.externalKeys().equals(account.externalKeys())) {
            return account;
        }
        changed.externalKeys().forEach(key -> requireFree(key, accountId));
        storeExternalKeys(changed);
        publish(changed);
        return changed;
    }

    /** @throws ProblemException 404 when there is no such account */
    public Account get(String accountId) {
        return table.find(accountId).orElseThrow(() -> unknown(accountId));
    }

    private void requireFree(String key, String accountId) {
        table.ownerOf(key).filter(owner -> !owner.equals(accountId)).ifPresent(owner -> {
            throw taken("External key \"" + key + "\" belongs to account " + owner);
        });
    }

    private void storeExternalKeys(Account account) {
        try {
            table.store(account);
            table.storeExternalKeys(account);
        } catch (DuplicateKeyException e) {
            throw taken("One of the external keys has just gone to another account");
        }
    }

    private void publish(Account account) {
        outbox.append(Topic.CRM_ACCOUNTS, account.accountId(), AccountRecords.toRecord(account));
    }

    private static IllegalStateException notOurs(StripeCustomer customer) {
        return new IllegalStateException("Customer " + customer.customerId() + " in Stripe names account "
                + customer.accountId() + ", which is not here: correct its metadata in Stripe if it belongs to another"
                + " environment, or restore the account and replay this record.");
    }

    private static ProblemException taken(String cause) {
        return new ProblemException(
                HttpStatus.CONFLICT, "external-key-taken", cause + ": remove it there first, or choose another.");
    }

    private static ProblemException unknown(String accountId) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "account-not-found",
                "There is no account " + accountId + "; GET /v1/accounts lists those there are.");
    }

    /** To the millisecond, as the events have it. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
