package io.drawdown.billing.mirror;

import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.events.billing.Customer;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is fetched before what. */
class RefreshOrderIT extends SyncPlatform {

    final String urgent = unique("prod");

    @Autowired
    RefreshQueue refreshes;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatIsNotUrgentHasItsTurnsHoweverMuchIs() {
        stripe.loseWebhooks();
        var customer = stripe.createCustomer(emailOf(unique("acc")), Map.of()).getId();
        // At this pace what is urgent takes much longer than anybody waits here.
        stripe.lastingSlowness("GET", "/v1/products/*", 500);

        transaction.executeWithoutResult(_ -> {
            refreshes.request(new ObjectRef(ObjectKind.CUSTOMER, customer));
            IntStream.range(0, 400)
                    .forEach(number -> refreshes.request(new ObjectRef(ObjectKind.PRODUCT, urgent + number), true));
        });

        published.await(Customer.class, seen -> seen.getCustomerId().equals(customer));
        stripe.endTroubles();
        Awaitility.await().until(() -> waiting() == 0);
    }

    private long waiting() {
        return jdbc.sql("select count(*) from refresh_request where object_id like ?")
                .params(urgent + "%")
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
