package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.webhook.EventInbox;
import io.drawdown.events.billing.StripeEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A top-up among all that an outage or an import has left to be fetched. */
class PaidFirstIT extends ReplenishmentPlatform {

    private static final int BACKLOG = 400;

    final String backlog = unique("prod");

    @Autowired
    RefreshQueue refreshes;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EventInbox inbox;

    @Autowired
    JdbcClient jdbc;

    @Test
    void isPublishedAsPaidAheadOfTheBacklogOfWhichNothingIsLost() {
        var customer = customerWith("pm_card_visa");
        // At this pace the backlog takes much longer than anybody waits here.
        stripe.lastingSlowness("GET", "/v1/products/*", 500);
        transaction.executeWithoutResult(_ -> IntStream.range(0, BACKLOG)
                .forEach(number -> refreshes.request(new ObjectRef(ObjectKind.PRODUCT, backlog + number))));

        ask("45.00");

        assertThat(awaitPaidInvoice().getAmountPaid()).isEqualTo("45.00");
        assertThat(waiting()).isGreaterThan(BACKLOG / 2);

        stripe.endTroubles();

        Awaitility.await().until(() -> waiting() == 0);
        assertChargedOnce(customer, 4500);
    }

    /** The customer may have paid at Stripe's page, so that nobody but Stripe knows of it. */
    @Test
    void isInFrontWhereOnlyStripeTellsOfIt() {
        customerWith("pm_card_visa");
        ask("45.00");
        var paid = awaitPaidInvoice().getInvoiceId();
        var told = published.await(
                StripeEvent.class,
                seen -> seen.getObjectId().equals(paid) && seen.getType().equals("invoice.paid"));
        var invoice = JsonMapper.shared()
                .readTree(told.getBody().array())
                .path("data")
                .path("object")
                .toString();

        var urgent = transaction.execute(change -> {
            inbox.takeListed(unique("evt"), "invoice.updated", false, clock.instant(), invoice);
            inbox.takeListed(unique("evt"), "invoice.paid", false, clock.instant(), invoice);
            change.setRollbackOnly();
            return urgencies(paid);
        });

        assertThat(urgent).containsExactly(false, true);
    }

    /** Of the requests of a transaction that has not ended, which nobody serves. */
    private List<Boolean> urgencies(String invoice) {
        return jdbc.sql("select urgent from refresh_request where object_id = ? order by request_id desc limit 2")
                .params(invoice)
                .query((row, _) -> row.getBoolean(1))
                .list()
                .reversed();
    }

    private long waiting() {
        return jdbc.sql("select count(*) from refresh_request where object_id like ?")
                .params(backlog + "%")
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
